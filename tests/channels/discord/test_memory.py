"""What is remembered is forgotten again: by number and by time. One person's flood is slowed, nobody else's."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.cooldown import BURST, SECONDS_EACH, Cooldown, Verdict
from bot.channels.discord.memory import Memory


def test_a_value_is_forgotten_after_its_time() -> None:
    memory: Memory[str, str] = Memory(10, 60.0)
    memory.put("a", "x", now=0.0)
    assert memory.get("a", now=60.0) == "x"
    assert memory.get("a", now=60.1) is None
    assert len(memory) == 0


def test_what_is_too_old_goes_whoever_asks() -> None:
    memory: Memory[str, str] = Memory(10, 60.0)
    memory.put("a", "x", now=0.0)
    memory.put("b", "y", now=30.0)
    assert memory.get("unknown", now=61.0) is None
    assert len(memory) == 1


def test_the_oldest_is_forgotten_where_it_is_full() -> None:
    memory: Memory[str, int] = Memory(2, 60.0)
    for number, key in enumerate("aba"):
        memory.put(key, number, now=float(number))
    memory.put("c", 3, now=3.0)
    assert (memory.get("a", 3.0), memory.get("b", 3.0), memory.get("c", 3.0)) == (2, None, 3)


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 10)), max_size=200))
def test_it_never_grows_beyond_its_limit(puts: list[tuple[int, float]]) -> None:
    memory: Memory[int, int] = Memory(5, 10.0)
    now = 0.0
    for key, later in puts:
        now += later
        memory.put(key, key, now)
        assert len(memory) <= 5


def test_a_flood_gets_one_hint_then_silence_then_service_again() -> None:
    cooldown = Cooldown()
    verdicts = [cooldown.verdict("a", 0.0) for _ in range(BURST + 3)]
    assert verdicts == [Verdict.SERVE] * BURST + [Verdict.HINT, Verdict.IGNORE, Verdict.IGNORE]
    assert cooldown.verdict("a", SECONDS_EACH) is Verdict.SERVE
    assert cooldown.verdict("a", SECONDS_EACH) is Verdict.HINT


def test_others_are_served_during_a_flood() -> None:
    cooldown = Cooldown()
    for _ in range(1000):
        cooldown.verdict("a", 0.0)
    assert cooldown.verdict("b", 0.0) is Verdict.SERVE


def test_asking_at_an_even_pace_is_never_refused() -> None:
    cooldown = Cooldown()
    assert all(cooldown.verdict("a", number * SECONDS_EACH) is Verdict.SERVE for number in range(500))
