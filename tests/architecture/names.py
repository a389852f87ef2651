"""Which file names does each area have beyond the nine, and why? One table, for one test."""

from __future__ import annotations

# Other names, area by area, each with the reason why the nine do not do.
ALLOWED: dict[str, tuple[set[str], str]] = {
    "core": (
        {"actor", "clock", "context", "decision", "errors", "hours", "jobs", "log", "once",
         "row_security", "states", "words", "working_days"},
        "words every area shares: each is one notion, under its name",
    ),
    "ui": (
        {"addresses", "context", "errors", "fields", "frames", "headers", "icons", "language",
         "moments", "navigation", "pictures", "samples", "stylesheet", "text", "acting", "asking",
         "frame", "library", "people", "saying", "showing", "telling", "dots", "quebec"},
        "what pages are drawn with; its tags are grouped by what they do",
    ),
    "config": (
        {"settings", "wsgi", "urls_staff", "urls_youth", "unit_of_work", "faces", "bodies",
         "catalogues", "checks", "cluster", "database_roles", "keyfile", "postgres",
         "postgres_programs", "processes", "secret_store", "stories", "life", "contacts", "later",
         "told", "today", "planned", "filled", "safe", "hopes", "absences", "hand_overs", "shared",
         "opened", "playing", "readings", "restrictions", "communications", "dangers", "steps",
         "strengths", "success", "sealed", "suspended",
         "taken", "documents", "written", "impact", "articles", "variables",
         "request_log", "schema", "worries", "under_codes", "incidents", "cleared",
         "asked", "kept", "demanded", "compressing", "convened", "carded", "her_side", "worded",
         "reflected", "practised", "taught", "attested", "learned", "teaching", "assessed",
         "advised", "brought", "cared", "supported", "made_known",
         "evaluated", "readiness", "server_settings", "environment", "health", "bundle"},
        "what surrounds the house: settings, servers, the tools that check it",
    ),
    "audit": ({"export", "verify"}, "the verifier stands alone: no import of ours"),
    "vault": (
        {"cipher", "keys", "sealing", "stretching", "hers", "parcels", "street"},
        "how a text is locked, in one file to review; which key locks it; how a copy leaves under "
        "a passphrase; what a code and a PIN become together; what is locked with it, for her "
        "alone; what others seal for us, and a telephone in the street",
    ),
    "sharing": (
        {"rules", "compile", "drift", "functions", "standing", "minting", "destroying", "counting",
         "recognising", "naming", "relations", "protecting", "disclosing", "clearing", "entering",
         "parting", "watching", "reviewing", "keeping", "holding", "speaking",
         "taking_part", "staying", "along", "supervising", "beginning", "notebooks", "inside",
         "convening", "lasting", "installing"},
        "the rule table, and what it becomes in the database",
    ),
    "records": (
        {"registry", "documents", "timeline", "standing", "spoken", "numbers", "seated", "wording",
         "spreadsheets", "codes", "parcels"},
        "the registry of kinds, how a signed text or a table leaves, what was last, what "
        "the areas below put in the places, what is told by voice, the numbers to call, how a "
        "matter of the law is reached, which letters are worded, the code of a receipt, what "
        "leaves for another programme",
    ),
    "records/between": (
        {"places", "gathering", "hooks", "followup_tools", "strengths", "serving", "protecting",
         "shared", "helping", "telling", "reachable", "leaving", "together", "begun", "decisions",
         "readiness", "programme", "occasions", "carding", "trained", "chosen",
         "reached", "lent", "hard_moments", "engaged", "materials",
         "measured", "brought", "knowing", "refusing", "copying", "privacy_desk",
         "carrying", "outdoors"},
        "each is one question that a folder asks and others answer, unknown to each other",
    ),
    "records/anonymous": (
        {"sheets", "questions", "drawing", "success"},
        "what is nobody's: its lock, questions, picture; what participants call a success",
    ),
    "training/learning": ({"figures", "codes", "standing"}, "what may be said; codes; ways to it"),
    "records/naming": (
        {"identifiers", "names", "vignettes"},
        "the checker: what it looks for, what it finds, and what a vignette adds to it",
    ),
    "papers": (
        {"sandbox", "making_anew", "checking", "registry"},
        "the sandbox, and the programme that runs alone in it; what is asked of ClamAV; of which "
        "things papers are kept",
    ),
    "directory": (
        {"finding", "facts", "hours", "papers", "resource_rows"},
        "how a resource is looked for, how it is said, when it is open, and how it leaves on paper",
    ),
    "accounts": (
        {"sessions", "demo", "limits", "requests"},
        "Django's session engine; the demo's door, kept apart; how often a thing may be tried; "
        "what a request says of who asks",
    ),
    "portal/advisory": (
        {"urls_hers", "standing"},
        "her address, on the other site; what it registers in between.places",
    ),
    "portal/notebook": (
        {"guard", "rooms", "documents", "urls_hers", "standing", "asking"},
        "what surrounds a page of hers; the rooms, and the parts of her paper, that the area's "
        "folders bring; her addresses, on the other site; what it registers in between.places; "
        "what the database tells her and no more: when her meetings are, what she has read here",
    ),
    "portal/my_say": (
        {"urls_hers", "standing", "documents"},
        "her addresses, on the other site; what it registers in between.places; what it "
        "brings to her paper",
    ),
    "public": (
        {"faults", "guard", "coming_back", "in_training", "drawings", "training", "trainings",
         "advising", "open_figures"},
        "pages without database; forms without cookie; what a code opens; what a room is asked; "
        "our lines; one training; what a professional who was advised finds; "
        "figures for everybody",
    ),
    "regions": (
        {
            "committees", "contrast", "difference", "ease", "lexicon", "loading", "reading",
            "reading_json", "registry", "texts", "versions", "handing",
        },
        "a folder of files becomes rows: read, check, compare, load; its texts, and how they read; "
        "how one region begins from another",
    ),
    "followup/dossier": (
        {"history", "journal", "opened", "seeing"},
        "how a line of the journal reads aloud; who may see a file; who opened it, day by day; "
        "what happened, month by month",
    ),
    "evaluation/indicators": (
        {"counting", "hiding", "drawing"},
        "the question asked of the database, what is too small to be shown, and the pictures",
    ),
    "evaluation/indicators/definitions": (
        {
            "indicator", "concerted_action", "training", "awareness", "worker_support",
            "follow_up", "quality",
        },
        "each figure word for word, by component of the programme",
    ),
    "evaluation/open_figures": ({"rounding"}, "what of a year may be told beside its quarters"),
    "evaluation/reports": (
        {"documents", "standing"},
        "how the report of a year leaves, and reads aloud; that one may be written",
    ),
    "evaluation/research": (
        {"anonymity", "documents", "recipe", "standing"},
        "who is alike; how a table leaves; what it may hold; what it puts on a day",
    ),
    "evaluation/theory": ({"drawing"}, "the chain, as columns of numbers"),
    "evaluation/rights": (
        {"matrix", "words", "at_work", "coming_and_going", "made_together", "asked_by_law",
         "convened", "papers", "supported"},
        "the rule table as facts, how each of it reads aloud, what the policies allow, the paper",
    ),
    "privacy/legal_demands": (
        {"standing", "documents", "registers"},
        "what demands register in between.places; what leaves; their lines of the register",
    ),
    "privacy/access_requests": (
        {"standing", "documents", "laws", "portable", "giving"},
        "what requests register in between.places; their letters; by which articles, and in which "
        "words, each law answers; the data of a copy, and what it may hold",
    ),
    "followup/parts": ({"standing"}, "the way to it beside a file, registered in between.places"),
    "followup/reading": (
        {"hiding", "saying", "standing", "documents"},
        "how a text is cut and what is left of it; how a reading speaks to her, on a screen and on "
        "paper; what it puts beside a file and a record",
    ),
    "followup/notes": (
        {"documents", "standing"},
        "how a note reads outside, in an official file; what contacts register in between.serving",
    ),
    "followup/plan": (
        {"standing", "documents"},
        "what matters now, registered in between.places; how a copy of her plan reads outside",
    ),
    "followup/accompaniments": (
        {"standing", "documents", "steps", "leaving", "outgoing"},
        "what accompaniments register in between.places; the sheets of paper; the pages and the "
        "actions of steps, and of what is told to a resource",
    ),
    "followup/activities": (
        {"standing", "urls_shared", "shared", "taking_part", "offering", "listing"},
        "what activities register in between.places; what is about nobody, the list of a day, and "
        "what it was for her: three things that nothing joins, each in a file of its own",
    ),
    "followup/questions": ({"standing"}, "what questions register in between.places"),
    "followup/custody": ({"standing"}, "what custody registers in between.places"),
    "privacy/access_reviews": ({"standing"}, "what it registers in between.places"),
    "privacy/wording": ({"checking"}, "what forbids a paragraph, in sentences that name the word"),
    "followup/departure": (
        {"standing", "copying"},
        "what a partner that leaves registers in between.places; how its files leave with it",
    ),
    "followup/therapy_requests": (
        {"standing"},
        "what asking for a psychotherapy registers in between.places",
    ),
    "followup/therapy_notes": ({"standing"}, "what psychotherapy registers in between.places"),
    "followup/representatives": ({"standing"}, "what suspensions register in between.places"),
    "followup/exceptional": ({"standing"}, "what an hour's access registers in between.places"),
    "followup/danger": (
        {"standing"},
        "what a danger registers in between.places, and how it reads in her register",
    ),
    "followup/worrying": (
        {"standing"},
        "what a worrying situation registers in between.places, and how it reads to her",
    ),
    "privacy/incidents": (
        {"exposed", "saying", "standing", "documents"},
        "what could be seen on a lost device; how it and an entry read, and to her; what incidents "
        "register in between.places; the register and its notices on paper",
    ),
    "followup/openings": ({"looking"}, "what the database answers to the service that looks"),
    "followup/transfers": ({"standing"}, "the way to it from the list of one’s people"),
    "followup/street": (
        {"standing", "typed"},
        "what it puts on a day; what a telephone sent, read with care",
    ),
    "followup/disclosures": (
        {"standing", "lines", "saying", "documents", "preparing", "meeting", "transferring"},
        "what is told registers in between.places; what a line of the register says, and how it "
        "reads aloud; its papers; the three forms that prepare",
    ),
    "privacy/undertakings": (
        {"standing", "documents"},
        "what a lapse puts on a day; how a signed undertaking reads on paper",
    ),
    "followup/withdrawals": ({"standing"}, "what withdrawals register in between.places"),
    "followup/why": ({"standing"}, "what is asked at the desk, registered in between.places"),
    "followup/restrictions": (
        {"standing", "documents"},
        "what restrictions register in between.places; how their notice reads on paper",
    ),
    "followup/admission": ({"handing"}, "what admission registers in between.places"),
    "followup/urgent_needs": ({"standing"}, "what urgent needs register in between.places"),
    "followup/life_plan": ({"standing"}, "what a life plan registers in between.places"),
    "followup/strengths": ({"standing"}, "what her strengths register in between.places"),
    "followup/stage_marks": (
        {"standing", "drawing"},
        "what stage marks register in between.places; their dots on a winding path",
    ),
    "followup/success": ({"standing"}, "what success is for her, as between.places shows it"),
    "followup/summary": ({"standing", "summary_rows"}, "what her page registers in between.places"),
    "followup/safety_net": (
        {"standing", "asking", "drawing", "drawing_trail", "documents", "history", "urls_now"},
        "what her safety registers in between.places; what it asks, its pictures, its paper;"
        " how it came to be; what is urgent where nobody's file is open",
    ),
    "followup/passages": ({"standing"}, "what passages register in between.places"),
    "worker_support/outings": ({"standing"}, "what outings register in between.places"),
    "worker_support/intervention_support": (
        {"standing"}, "which requests for advice wait, at the desk and on a worker’s day",
    ),
    "worker_support/own_notes": (
        {"standing", "documents"},
        "what own notes register in between.places; their paper, for whoever leaves with them",
    ),
    "outreach/events": (
        {"standing", "sheets", "gathered"},
        "what events register in between; how their list leaves; what is gathered across them: "
        "each organisation, what audiences ask, what to bring",
    ),
    "worker_support/wellbeing": (
        {"standing", "statements", "drawing"},
        "what well-being registers in between.places; what is asked; a picture of it",
    ),
    "worker_support/competencies": (
        {"drawing"},
        "the picture of one’s own times, and the table of all",
    ),
    "worker_support/practice_groups": ({"standing"}, "the sessions, in the calendar of the group"),
    "worker_support/appreciation": ({"standing"}, "a good word, on the day of who receives it"),
    "worker_support/supervision": (
        {"standing"},
        "what supervision registers in between.places and in the calendar",
    ),
    "followup/likeness": (
        {"standing", "sounds"},
        "what a possible match registers in between.places; how a name sounds",
    ),
    "followup/ages": ({"standing"}, "what birthdays register in between.places"),
    "followup/code_words": ({"standing"}, "what code words register in between.places"),
    "followup/covering": ({"standing"}, "what covers register in between.places"),
    "interop/ical": (
        {"asking", "writing", "standing"},
        "the question asked of the database, how a calendar reads it, the way from my week",
    ),
    "followup/handing_over": ({"standing"}, "what hand-overs register in between.places"),
    "followup/consents": (
        {"reading", "standing", "documents", "absences", "ending"},
        "what is seen of what is shared, by her and by a partner alike; what sharing registers in "
        "between.places; the card read aloud at the start; for which absence she may agree; what "
        "soon ends",
    ),
    "followup/exercises": (
        {
            "prompts", "defining", "sheet", "drawing", "papers", "standing", "exercise_rows",
            "voices", "over_time", "beside",
        },
        "what a question is; how a file becomes one; what both tables share; its picture and paper;"
        " several sheets beside each other, and one beside a tool",
    ),
    "followup/instruments": (
        {"answer_sheet", "defining", "items", "papers", "questionnaires", "scoring", "standing",
         "suicide"},
        "what a question is; how two files become one questionnaire, and what a recipe makes of "
        "its answers; what speaks of suicide; what both tables share; its paper",
    ),
    "privacy/retention": (
        {"standing", "documents"},
        "what keeping registers in between.places; how a letter and a certificate read on paper",
    ),
    "partners/cards": (
        {"standing", "drawing", "offering"},
        "which agreements are to be reviewed, at the desk; who expects what of whom, drawn; who "
        "offers what in the region",
    ),
    "partners/joining": (
        {"standing"},
        "what waits on somebody’s day and stands on a card; why no real person is received yet",
    ),
    "training/kit": (
        {"packing", "unpacking", "comparing"},
        "topics, questions and links as a region’s files, in one zip; one from elsewhere, read; "
        "beside what stands here",
    ),
    "training/requests": ({"standing"}, "which requests for training wait, at the desk"),
    "training/attestations": (
        {"numbers", "documents", "standing", "past"},
        "a number; papers; one’s day; what a list of past trainings adds",
    ),
    "training/brought_in": (
        {"sheets", "spreadsheet", "columns", "lines", "standing"},
        "the cells of a list; those of a workbook, read alone in the sandbox; its columns; a line",
    ),
    "partners/library": ({"standing"}, "which links are to be looked at, at the desk"),
    "partners/practice_notes": (
        {"standing", "framework"},
        "which notes wait or are to be reviewed, at the desk; the common framework, in our words",
    ),
    "partners/rounds": ({"figures", "standing"}, "what may be said; the way from a meeting"),
    "partners/meeting_papers": ({"standing"}, "the way to the papers of a meeting, on its page"),
    "partners/self_assessment": (
        {"statements", "drawing"},
        "how a statement is said; what all partners said, drawn year by year",
    ),
    "partners/committees": (
        {"standing", "rhythm"},
        "what committees put in her register; on which days one meets that meets each month",
    ),
    "training/sessions": ({"standing", "documents", "inviting", "rooms"}, "hours, paper, a code"),
    "followup/meetings": ({"standing"}, "what planned meetings register in between.places"),
}  # fmt: skip
