"""German text → comparable tokens.

One analysis serves the index and the questions, so that both always meet: case, umlauts
(``ä``, ``ae`` and a bare ``a``), ``ß``, inflection and word formation are folded away here.
Nothing in this module knows an entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[a-z0-9]+")
_UMLAUTS = str.maketrans("äöü", "aou")
# Not behind a, e or q: Dauer, Steuer, neue and Quelle have no ü.
_SPELLED_OUT = re.compile(r"(?:a|o|(?<![aeq])u)e+")
_stemmer = Stemmer.Stemmer("german")

MIN_STEM = 3

LONGEST_WORD = 40
"""Longer strings are no German words; what is beyond is passed over."""


def fold(text: str) -> str:
    """Lower case without any umlaut: ``Förderung``, ``Foerderung`` and ``Forderung`` all become ``forderung``."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        text = text.translate(_UMLAUTS)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    while ("ae" in text or "oe" in text or "ue" in text) and (
        shorter := _SPELLED_OUT.sub(lambda found: found[0][0], text)
    ) != text:
        text = shorter
    return text


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; a gender star or colon stays inside its word, ``e. V.`` becomes one."""
    if "." in text:
        text = _SHORT_FORM.sub(_joined, text)
    folded = fold(text)
    if "innen" in folded:
        folded = _GENDER.sub(r"\1innen", folded)
    return tuple([word[:LONGEST_WORD] for word in _WORD.findall(folded)])


def spelled(text: str) -> str:
    """The letters and digits of a text as they are spelled, but for case: „Förderung?“ → ``förderung``."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


_SHORT_FORM = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_GENDER = re.compile(r"(\w)[*:_/]-?innen\b")


def _joined(short_form: re.Match[str]) -> str:
    return re.sub(r"[.\s]", "", short_form.group()) + " "


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """The stem of a folded word, where inflection and word formation meet.

    Snowball's German stemmer, applied until nothing changes: ``forderung`` and ``fordern`` both end as ``ford``.
    A verb's ending that Snowball keeps is cut first: ``dauert``, ``dauerte`` → ``dauer``.
    """
    if word.isdigit():
        return word
    previous = ""
    current = _VERB_ENDING.sub("", word)
    while current != previous:
        previous = current
        shorter = _stemmer.stemWord(current)
        if len(shorter) >= MIN_STEM:
            current = shorter
    return current


_VERB_ENDING = re.compile(r"(?<=[a-z]{4}[bfgklmnprswz])te?n?$")


def grams(word: str) -> tuple[str, ...]:
    """The character 3- and 4-grams of a folded word with its borders, as ``_ha``, ``all``, ``llo_``."""
    bordered = f"_{word}_"
    return tuple(bordered[i : i + n] for n in (3, 4) for i in range(len(bordered) - n + 1))


_ASPECTS = {
    "how_long": r"wie ?lang\w*|dauer\w*|wie ?viel\w* (?:zeit|jahre?|monate?|stunden?|tage?|wochen?)",
    "how_many": r"wie ?viel\w*|wieviel\w*|anzahl|wie (?:hoch|gross|teuer|oft|weit|stark|voll)|prozent\w*",
    "when": r"wann|(?:welche[mnrs]?|was fur ein) (?:jahr|tag|datum|monat)|uhrzeit|datum|termin"
    r"|(?:wie ?viel|welche) uhr",
    "who": r"wer|wem|wen|wessen|von wem|mit wem",
    "where": r"wo|wohin|woher|(?:welche[mnr]?) ort",
    "why": r"warum|wieso|weshalb|wozu|weswegen|aus welche[mnr]? grund\w*",
    "contact": r"\w*telefon\w*|tel|fax\w*|\w*mail|\w*mailadresse|anschrift|\w*adresse|kontakt\w*|erreich\w*|anrufen"
    r"|durchwahl|\w*nummer",
    "age": r"wie alt|alter|geboren|geburt\w*|jahrgang",
    "private": r"verheiratet|kinder|hobb\w*|religion|partei|parteibuch|parteilos|privat|wohnt|ehefrau|ehemann",
    "career": r"studier\w*|ausbildung|lebenslauf|werdegang|nachfolg\w*|vorganger\w*",
    "pay": r"verdien\w*|gehalt|besoldung\w*|gehalter|lohn",
    "price": r"kostet|preis\w*|gebuhr\w*|euro|teuer|was kosten",
    "how_to": r"wie (?:\w+ )?(?:man|ich|wir)",
    "opening": r"offnungszeit\w*|sprechzeit\w*|geoffnet|auf ?hat",
    "meaning": r"definition\w*|definier\w*|bedeut\w*|was (?:genau )?heisst|versteht man|unterschied\w*|begriff\w*"
    r"|wofur steht"
    r"|was (?:ist|sind|war) (?:nochmal |eigentlich |denn |genau )*(?:ein|eine|einen)? ?\w+$",
}
_ASPECT_PATTERNS = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _ASPECTS.items()}


def aspects(text: str) -> frozenset[str]:
    """The kinds of thing a question wants to know: ``when``, ``how_long``, ``contact`` …; empty where it names none.

    An answer that does not state what is asked for is no answer, however much it is about the same matter.
    """
    folded = " ".join(_WORD.findall(fold(text)))
    return frozenset(name for name, pattern in _ASPECT_PATTERNS.items() if pattern.search(folded))


def is_function_word(word: str) -> bool:
    """Whether a folded word carries grammar or courtesy rather than a subject; so does a lone letter (``gibt's``)."""
    return word in _FUNCTION_WORDS or (len(word) == 1 and not word.isdigit())


def compound_parts(word: str, known: frozenset[str]) -> Iterator[str]:
    """Stems of ``known`` that ``word`` is composed of: ``bevolkerungsruckgang`` → ``bevolker``, ``ruckgang``.

    A part has at least 4 letters. Where the other part is not known it needs 6, so that ``niederlanden`` does not
    become a ``land``. The linking s or n of German compounds is passed over.
    """
    whole = stem(word)
    for cut in range(4, len(word) - 3):
        head, tail = _head(word[:cut], known), stem(word[cut:])
        has_tail = tail in known and len(tail) >= 4
        if head and head != whole and (has_tail or len(head) >= 6):
            yield head
        if has_tail and tail != whole and (head or len(tail) >= 6):
            yield tail


def _head(part: str, known: frozenset[str]) -> str:
    """The known stem of a compound's first part, with or without a linking letter; empty where there is none."""
    forms = (part, part[:-1]) if len(part) >= 5 and part[-1] in "sn" else (part,)
    return next((found for form in forms if len(found := stem(form)) >= 4 and found in known), "")


_FUNCTION_WORDS = frozenset(
    fold(word)
    for word in """
    aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes ans auch auf aus ausserdem
    bei beim bereits bin bis bisher bist bitte bloss da dabei dafür dagegen daher damals damit danach daneben dann daran
    darauf daraus darf darfst darin darüber darum darunter das dass davon davor dazu dein deine deinem deinen deiner dem
    den denen denn der deren derer des deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort
    drin du durch dürfen eben echt eh eher eigentlich ein eine einem einen einer eines einfach einige einigen einiges
    einmal er es etwa etwas euch euer eure eurem euren für ganz gar geben gegen gerade gerne gern gewesen gib gibt gibts
    habe haben habt hast hat hatte hatten hätte hätten hattest her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem
    ihren ihrer im immer in ins irgend irgendwas irgendwer irgendwie irgendwo ist ja je jede jedem jeden jeder jedes
    jemand jene jetzt kann kannst kein keine keinem keinen keiner kennen kennst könnt könnte könnten können könntest
    lassen lässt los machen macht mal man manche mehr mein meine meinem meinen meiner mich mir mit möchte möchten mögen
    muss müssen müsste musste nach ne nein nicht nichts nie noch nochmal nun nur ob oben oder ohne okay per rein
    sag sage sagen sagt samt schon sehr sei seid sein seine seinem seinen seiner seit selbst sich sie sind so sodass
    sogar solche soll sollen sollte sollten sollst sonst sowie sozusagen über überhaupt um und uns unser unsere unserem
    unseren unserer unter viel viele vielleicht vom von vor wäre wären war waren was weil weiss weisst weitere welche
    welchem welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie wieder wieso wieviel wieviele will
    willst wir wird wirst wo wobei wodurch wofür woher wohin wohl wollen wollte womit woran worauf woraus worin worüber
    worum wovon wozu wurde wurden würde würden wüsste zu zum zur zwar zwischen hallo hey hi moin danke tschüss
    bevor während wegen trotz statt anhand gemäss laut bezüglich hinsichtlich samt irgendwann irgendwelche irgendein
    wirklich genau richtig ganz ganze ganzen ganzer gerade ungefähr circa etwa fast kaum recht ziemlich besonders
    gings gehts
    bekomme bekommen bekommst bekommt bekam kriege kriegen kriegst kriegt kriegte krieg stehe stehen steht
    tue tun tut tust tat täte heisst heissen hiess halten hält hielt
    is ists isses nem nen ner wars gabs gab gäbe obs ums fürs dass drauf rauf raus rein ran rum runter rüber vorbei
    beide beiden beides jeweils jemals niemand niemanden keinerlei sonstige sonstigen jeglich derzeit momentan
    fragen frag wissen wisst erkläre beschreibe beschreiben schildern bitten hätt würd tät ok okey jo jep nö
    herr herrn frau letztlich schliesslich mindestens höchstens wenigstens teilweise meist meistens
    überall nirgends nochmals desto umso jedenfalls allerdings
    erzähl erzähle erzählen zeig zeige zeigen nenn nenne nennen erkläre erklären erklär bitteschön halt na tja hm ähm
    dran drum drüber sowas solch usw etc bzw ca ggf vllt evtl nämlich trotzdem warum wann
    """.split()
)
