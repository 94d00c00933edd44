"""What the checker says, in Swedish and English. Sums are always worked out."""

_MESSAGES: dict[str, tuple[str, str]] = {
    "nothing_to_hold_against": ("Inget annat i texten att jämföra med.", "Nothing else in the text to compare with."),
    "sum_equals": ("{sum} = {result}, som det står.", "{sum} = {result}, as printed."),
    "sum_exceeds": ("{sum} = {result}, skrivet: {total} {noun}.", "{sum} = {result}, printed: {total} {noun}."),
    "sum_falls_short": (
        "{sum} = {result}, skrivet: {total} {noun}. {rest} redovisas inte.",
        "{sum} = {result}, printed: {total} {noun}. {rest} not accounted for.",
    ),
    "rest_not_given": (
        "{result} av {total} {noun} redovisas; texten säger inte hur det är med de övriga {rest}.",
        "{result} of {total} {noun} are accounted for; the text does not say about the other {rest}.",
    ),
    "values_differ": (
        "Olika uppgifter om samma sak ({what}): {values}.",
        "Different figures for the same thing ({what}): {values}.",
    ),
    "repeated": ("Samma uppgift står på fler ställen i texten.", "The same figure stands elsewhere in the text."),
    "list_agrees": (
        "Stämmer med indikatorlistan: {count} av {total}.",
        "Agrees with the list of indicators: {count} of {total}.",
    ),
    "list_differs": (
        "Indikatorlistan visar {count} {what}, skrivet: {printed}.",
        "The list of indicators shows {count} {what}, printed: {printed}.",
    ),
    "titles_agree": ("Stämmer med de {count} mål som räknas upp.", "Agrees with the {count} goals listed."),
    "titles_differ": (
        "{count} underliggande mål räknas upp, skrivet: {printed}.",
        "{count} goals are listed, printed: {printed}.",
    ),
    "one_followed_up": (
        "Texten talar om en enda uppföljd indikator, men {total} − {none} = {left}.",
        "The text speaks of a single followed-up indicator, but {total} − {none} = {left}.",
    ),
    "one_left": ("{total} − {none} = 1 uppföljd indikator.", "{total} − {none} = 1 indicator followed up."),
    "verdicts_differ": (
        "Målet sägs vara uppfyllt på olika sätt: {values}.",
        "The goal is said to be met in different ways: {values}.",
    ),
    "verdicts_agree": ("Samma bedömning på alla ställen.", "The same verdict everywhere."),
    "company_differs": (
        "Bolagskoncernens bedömning anges olika: {values}.",
        "The company group's verdict differs: {values}.",
    ),
    "subgoal_rule_agrees": (
        "Stämmer med de underliggande målen: {sum}.",
        "Agrees with the goals beneath: {sum}.",
    ),
    "subgoal_rule_differs": (
        "De underliggande målen ({sum}) skulle ge {proposed}; skrivet: {printed}. Ange skälet till avvikelsen.",
        "The goals beneath ({sum}) would give {proposed}; printed: {printed}. State the reason for the difference.",
    ),
    "share_agrees": ("{part} av {total} är {exact} procent.", "{part} of {total} is {exact} per cent."),
    "share_differs": (
        "{part} av {total} är {exact} procent, skrivet: {printed}.",
        "{part} of {total} is {exact} per cent, printed: {printed}.",
    ),
    "between_sexes": (
        "Totalen {total} ligger mellan kvinnor {women} och män {men}; det motsvarar {share} procent kvinnor.",
        "The total {total} lies between women {women} and men {men}; that implies {share} per cent women.",
    ),
    "lies_between": (
        "Totalen {total} ligger mellan kvinnor {women} och män {men}.",
        "The total {total} lies between women {women} and men {men}.",
    ),
    "comment_verdict": (
        "Indikatorns bedömning är {verdict}, kommentaren säger ”{printed}”.",
        "The verdict is {verdict}, the comment says “{printed}”.",
    ),
    "same_as_sexes": (
        "Kvinnor och män har samma utfall som totalen.",
        "Women and men have the same outcome as the total.",
    ),
    "not_between_sexes": (
        "Totalen {total} ligger utanför kvinnor {women} och män {men}; ett medelvärde av två grupper ligger "
        "mellan dem.",
        "The total {total} lies outside women {women} and men {men}; a mean of two groups lies between them.",
    ),
    "odd_share": (
        "Totalen {total} mot kvinnor {women} och män {men} förutsätter {share} procent kvinnor. Är det rimligt?",
        "The total {total} against women {women} and men {men} implies {share} per cent women. Is that plausible?",
    ),
    "target_met_verdict": (
        "Utfallet {outcome} når årsmålet {target}; bedömningen är {verdict}.",
        "The outcome {outcome} meets the target {target}; the verdict is {verdict}.",
    ),
    "target_missed_verdict": (
        "Utfallet {outcome} når inte årsmålet {target}; bedömningen är {verdict}.",
        "The outcome {outcome} misses the target {target}; the verdict is {verdict}.",
    ),
    "sense_unsure": (
        "Utfallet {outcome} mot årsmålet {target} stämmer med {verdict} bara om {sense} är bättre. Ange vad "
        "som är bättre.",
        "The outcome {outcome} against the target {target} fits {verdict} only if {sense} is better. State "
        "which is better.",
    ),
    "verdict_without_outcome": (
        "Indikatorn saknar utfall men har bedömningen {verdict}.",
        "The indicator has no outcome but the verdict {verdict}.",
    ),
    "no_verdict": ("Indikatorn har utfall men ingen bedömning.", "The indicator has an outcome but no verdict."),
    "no_outcome_no_reason": (
        "Indikatorn ”{name}” saknar utfall, och texten säger inte varför.",
        "The indicator “{name}” has no outcome, and the text does not say why.",
    ),
    "absence_explained": ("Utfall saknas, och skälet står i kommentaren.", "No outcome, and the comment says why."),
    "target_used": ("Jämförd med utfallet {outcome}.", "Compared with the outcome {outcome}."),
    "list_match": ("Samma uppgift som i indikatorlistan (”{name}”).", "The same figure as in the list (“{name}”)."),
    "list_mismatch": (
        "Indikatorlistan anger {listed} för ”{name}”, skrivet: {printed}.",
        "The list gives {listed} for “{name}”, printed: {printed}.",
    ),
    "change_agrees": ("Från {earlier} till {later} är {direction}.", "From {earlier} to {later} is {direction}."),
    "change_disagrees": (
        "Från {earlier} till {later} är {direction}, men texten säger ”{word}”.",
        "From {earlier} to {later} is {direction}, but the text says “{word}”.",
    ),
    "change_over_break": (
        "{earlier} och {later} kan inte jämföras: serien ”{name}” bröts {year}, eftersom {why}.",
        "{earlier} and {later} cannot be compared: the series “{name}” was broken in {year}, because {why}.",
    ),
    "change_may_be_chance": (
        "”{name}” var {before} {earlier} och {after} {later}: skillnaden är inom felmarginalen, så det går inte "
        "att säga åt vilket håll det har gått.",
        "“{name}” was {before} in {earlier} and {after} in {later}: the difference is within the margin of error, so "
        "which way it went cannot be told.",
    ),
    "change_other_way": (
        "”{name}” gick åt andra hållet: {before} {earlier} och {after} {later}.",
        "“{name}” went the other way: {before} in {earlier} and {after} in {later}.",
    ),
    "change_is_certain": (
        "”{name}” var {before} {earlier} och {after} {later}, och skillnaden är större än felmarginalen.",
        "“{name}” was {before} in {earlier} and {after} in {later}, and the difference is beyond the margin of error.",
    ),
    "size_agrees": ("{later} − {earlier} = {difference}.", "{later} − {earlier} = {difference}."),
    "size_disagrees": (
        "{later} − {earlier} = {difference}{relative}, skrivet: {printed}.",
        "{later} − {earlier} = {difference}{relative}, printed: {printed}.",
    ),
    "points_not_percent": (
        "{later} − {earlier} = {difference} procentenheter, inte procent; i procent är ändringen {percent}.",
        "{later} − {earlier} = {difference} percentage points, not per cent; in per cent the change is {percent}.",
    ),
    "compare_agrees": (
        "Stämmer med utfallet: kvinnor {women}, män {men}.",
        "Agrees with the outcome: women {women}, men {men}.",
    ),
    "compare_disagrees": (
        "Utfallet är kvinnor {women} och män {men}; det säger motsatsen till ”{word}”.",
        "The outcome is women {women} and men {men}, which says the opposite of “{word}”.",
    ),
    "parts_exceed": (
        "Delarna {sum} = {result} är mer än helheten {total}.",
        "The parts {sum} = {result} exceed the whole {total}.",
    ),
    "parts_agree": ("{sum} = {result} av {total}.", "{sum} = {result} of {total}."),
    "ambiguous_number": (
        "”{text}” kan läsas både som tusental och som decimaltal. Skriv {thousand} eller {decimal}.",
        "“{text}” can be read as thousands and as a decimal. Write {thousand} or {decimal}.",
    ),
    "impossible_date": ("”{text}” är inget datum som finns.", "“{text}” is not a date that exists."),
    "years_backwards": ("Perioden ”{text}” slutar innan den börjar.", "The period “{text}” ends before it begins."),
    "range_backwards": (
        "Intervallet ”{text}” slutar lägre än det börjar.",
        "The range “{text}” ends below its beginning.",
    ),
    "over_hundred": ("{text} är mer än hela gruppen.", "{text} is more than the whole group."),
    "report_year": ("Samma år som avsnittet gäller: {year}.", "The year that the section is about: {year}."),
    "other_year": ("Avsnittet gäller {year}, skrivet: {printed}.", "The section is about {year}, printed: {printed}."),
    "quote_exact": ("Citatet står ord för ord i texten.", "The quotation stands word for word in the text."),
    "quote_opening": (
        "Citatets början avviker från texten: ”{quote}” i stället för ”{text}”. Resten står ord för ord.",
        "The quotation opens differently: “{quote}” instead of “{text}”. The rest stands word for word.",
    ),
    "quote_differs": (
        "Citatet avviker från texten: ”{quote}” i stället för ”{text}”.",
        "The quotation differs from the text: “{quote}” instead of “{text}”.",
    ),
    "quote_absent": ("Citatet står inte i texten.", "The quotation does not stand in the text."),
    "repeats_differ": (
        "Två meningar säger nästan samma sak med olika tal: {first} och {second}.",
        "Two sentences say nearly the same with different figures: {first} and {second}.",
    ),
    "fact_agrees": ("Stämmer med underlaget ({fact}).", "Agrees with the source ({fact})."),
    "fact_differs": (
        "Underlaget säger {value} ({fact}), skrivet: {printed}.",
        "The source says {value} ({fact}), printed: {printed}.",
    ),
    "fact_unknown": (
        "Meningen hänvisar till {fact}, som inte finns i underlaget.",
        "The sentence cites {fact}, which is not among the sources.",
    ),
    "stale": (
        "Underlaget för {fact} har ändrats sedan meningen skrevs.",
        "The source of {fact} has changed since the sentence was written.",
    ),
    "waived": ("{by}: {because}", "{by}: {because}"),
}


def message(language: str, key: str, **values: object) -> str:
    """The message in "sv" or "en". KeyError for an unknown key."""
    return _MESSAGES[key][language == "en"].format(**values)


_WORDS = {
    "met": ("helt", "met"),
    "partly": ("delvis", "partly met"),
    "not_met": ("ej", "not met"),
    "no_outcome": ("utan utfall", "without outcome"),
    "measured": ("med utfall", "with an outcome"),
    "total": ("i allt", "in all"),
    "boards": ("nämnder", "boards"),
    "district_boards": ("stadsdelsnämnder", "district boards"),
    "specialist_boards": ("facknämnder", "specialist boards"),
    "companies": ("bolag", "companies"),
    "indicators": ("indikatorer", "indicators"),
    "subgoals": ("underliggande mål", "goals beneath"),
    "unanswered": ("utan svar", "unanswered"),
    "up": ("en ökning", "an increase"),
    "down": ("en minskning", "a decrease"),
    "flat": ("oförändrat", "unchanged"),
    "times": ("gånger så mycket", "times as much"),
    "higher": ("högre", "higher"),
    "lower": ("lägre", "lower"),
}


def word(language: str, key: str) -> str:
    """A single term in "sv" or "en"."""
    return _WORDS[key][language == "en"]
