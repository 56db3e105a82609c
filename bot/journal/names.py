"""Words that tell, behind „Herr“ or „Frau“, where a name begins and ends; all are folded."""

from __future__ import annotations

from bot.text import fold


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.split()))


TITLES = _folded("dr prof dipl ing mag med jur phil rer nat h c pol habil lic oec theol doktor professor professorin")

OFFICES = _folded(
    """
    bürgermeister oberbürgermeister landrat landrät stadtrat stadträt gemeinderat ratsherr minister ministerpräsident
    innenminister staatssekretär präsident regierungspräsident direktor stadtdirektor kreisdirektor kämmerer
    dezernent amtsleiter fachbereichsleiter abteilungsleiter sachbearbeiter referent vorsitzende vorsitzender
    abgeordnete abgeordneter kanzler bundeskanzler beigeordnete beigeordneter geschäftsführer kolleg kollege kollegen
    ortsvorsteher pfarrer rechtsanwalt rechtsanwält
    """
)

ORDINARY = _folded(
    """
    sagt sagte gesagt meint meinte heißt hieß kommt kam geht ging macht machte gemacht arbeitet arbeiten leitet leiten
    kennt kennen spricht sprechen steht stehen sitzt wohnt weiß fragt fragte antwortet erklärt erklärte findet möchte
    braucht will wollen werden geworden bekommt bekommen verdient entscheidet gründen gründet genannt gemeint
    selbst allein gleich sehr bitte danke hier heute gestern morgen jetzt immer nie oft beruflich eigentlich
    zuständig verantwortlich dabei beide beiden alle anderen neue neuer neuen alte junge
    beruf mann männer frau frauen herr herren kind kinder
    """
)

# The commonest first names of adults in Germany: behind one of them a surname follows, however it is typed.
FIRST_NAMES = _folded(
    """
    adam adrian albert alexander alexandra alfred ali alina alois amelie andrea andreas angela angelika anita
    anja anke anna anne annegret anneliese annette anton antonia armin arno astrid axel barbara bastian beate
    ben benedikt benjamin bernd bernhard bettina bianca birgit birte björn boris brigitte britta bruno burkhard
    carina carl carla carmen carola caroline carolin carsten charlotte christa christel christian christiane
    christina christine christof christoph christopher claudia clara clemens cornelia daniel daniela david
    dennis detlef diana dieter dietmar dirk doris dorothea eberhard eckhard edith egon elena elfriede elisabeth
    elke ellen emil emma erhard eric erich erik erika ernst erwin esther eugen eva fabian fatma felix ferdinand
    florian frank franz franziska frauke fred friederike friedrich fritz gabriele georg gerald gerd gerda
    gerhard gerlinde gert gertrud gisela gregor gudrun guido günter günther gustav hanna hannah hannelore hannes
    hans harald hartmut hedwig heide heidi heike heiko heiner heinrich heinz helene helga hella helmut hendrik
    henning henrik herbert hermann hilde hildegard holger horst hubert hugo ida ilona ilse ina ines ingo inge
    ingeborg ingrid irene iris irmgard isabel isabell isabella ivonne jakob jan jana janina jaqueline jasmin
    jens joachim jochen johann johanna johannes jonas jörg jörn josef joseph julia julian jürgen jutta kai karin
    karina karl karla karola karsten katharina kathrin katja katrin kerstin kevin kirsten klara klaus konrad
    konstantin kristina kurt lars laura lea lena leon leonie lieselotte linda lisa lothar lotte louisa luca
    lucas ludwig luise lukas lutz magdalena maik maike malte mandy manfred manuel manuela marc marcel marco marcus
    mareike margarete margit margot margret maria marianne marie marina mario marion marius mark markus marlene
    marlies martin martina marvin mathias matthias max maximilian mechthild mehmet meike melanie melissa merle
    michael michaela mira miriam monika moritz mustafa nadine nadja natalie nicola nicole niels niklas nils nina
    norbert olaf oliver otto patricia patrick paul paula peter petra philip philipp pia rainer ralf ralph ramona
    raphael rebecca regina reiner reinhard reinhold renate rené richard rita robert robin roland rolf roman romy
    ronald ronja rosa rosemarie rosi roswitha rudi rudolf rüdiger ruth sabine sabrina sandra sara sarah sascha
    sebastian siegfried sigrid silke silvia simon simone sina sofia sofie sonja sophia sophie stefan stefanie
    steffen stephan stephanie susanne sven svenja sybille sylvia tanja tatjana theo theresa thomas thorsten
    tilman tim timo tina tobias tom torben torsten udo ulf ulla ulrich ulrike ursula ute uwe valentin vanessa
    vera verena veronika viktor viktoria volker volkmar walter waltraud werner wiebke wilfried wilhelm willi
    winfried wolf wolfgang yasemin yvonne
    """
)
