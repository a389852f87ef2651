"""What may the role `gate` look past row security at, whole and in part? Longer is a decision."""

# What the definer functions look past row security at: who is where, and who walks with whom.
GATE_READS = {
    "accounts_clearancerule", "accounts_extension", "accounts_trainingday", "accounts_undertaking",
    "accounts_undertakingtext",
    "accounts_membership", "accounts_organisation", "accounts_user", "participants_file",
    "participants_assignment", "sharing_handler", "sharing_conflict", "sharing_consent",
    "sharing_cover", "sharing_custody", "sharing_departure", "sharing_disclosure",
    "sharing_disclosurestep", "sharing_exceptionalaccess", "sharing_handedover", "sharing_joined",
    "sharing_lifted", "sharing_recognised", "sharing_restriction", "sharing_withheld",
    "vault_tombstone", "regions_region", "sharing_seat", "sharing_ending",
    "sharing_erasurerequest", "sharing_hold", "sharing_keepingrule", "sharing_seal",
    "regions_retentionrule", "sharing_along", "sharing_stay",
    "sharing_supervised",
    # Whose notebook stands open, and with what it is opened: digests, and a hash of both numbers.
    "sharing_notebook", "sharing_notebookkey", "sharing_notebooksession",
    # Who sits on a committee, what is brought to it, and of which file: the words are elsewhere.
    "regions_committee", "sharing_committeeitem", "sharing_committeemeeting",
    "sharing_committeemember", "sharing_itemabout", "sharing_presentation",
}  # fmt: skip
GATE_WRITES = {
    "accounts_session": {"select", "update"},
    "audit_event": {"select", "insert"},
    # A partner's own file, begun at her word: the file, a number for her, who walks with her.
    "participants_assignment": {"insert"},
    "participants_file": {"insert"},
    "participants_participant": {"insert"},
    "sharing_handedover": {"insert", "update"},
    "sharing_recognised": {"insert"},
    "sharing_exceptionalaccess": {"insert", "update"},
    "sharing_departure": {"insert", "update"},
    # What becomes of what was written, seals and holds: two people, and the database alone.
    "sharing_ending": {"insert", "update"},
    "sharing_hold": {"insert", "update"},
    "sharing_seal": {"insert", "update"},
    "sharing_presentation": {"insert"},  # that it took place, in her register
    # What a colleague who left wrote for herself is sealed while a hold lasts.
    "sharing_stay": {"update"},
    # She lowers or closes her notebook herself; wrong tries are counted, and that she is there.
    "sharing_notebook": {"update"},
    "sharing_notebookkey": {"update"},
    "sharing_notebooksession": {"update"},
    # Whoever is recognised in an item of a committee: of which file, the member does not read.
    "sharing_conflict": {"insert"},
    # What is shared from the files of a partner that left ends; that it is one, too. She shares
    # less herself: what remains stands beside it.
    "sharing_consent": {"insert", "update"},
    "accounts_organisation": {"update"},
    # What another had agreed to for her, beyond the age at which she alone does.
    "sharing_disclosurestep": {"insert"},
    "audit_link": {"select", "insert"},
    "audit_head": {"select", "insert", "update"},
    "vault_datakey": {"select", "insert", "update"},
}

# What `gate` counts without reading: these columns and no other, never a text or a name.
GATE_COUNTS = {
    # Who let whom in: two accounts that one human may hold.
    "accounts_invitation": {"used_at", "user_id", "vouched_by"},
    # For the figures of a month that is over: days and codes, by organisation (ADR figures).
    "accompaniments_step": {"came_to", "file_id", "written_at"},
    "committees_promise": {"id", "organisation_id", "written_at"},
    "committees_promisestatus": {"id", "status", "status_at"},
    "committees_roll": {"meeting_id", "noted_at"},
    "life_plan_aim": {"domain", "id"},
    "life_plan_step": {"aim_id", "id"},
    "life_plan_stepstatus": {"file_id", "status", "status_at", "step_id"},
    "urgent_needs_outcome": {"came_to", "file_id", "written_at"},
    # Whether the number on a paper holds today: never whose, nor in what; and how many of a month.
    "attestations_attestation": {"ends_on", "id", "number", "said_at", "source"},
    "attestations_takenback": {"attestation_id"},
    "admission_offer": {"status", "user_id"},
    # That somebody has answered a round, and that enough have: digests, counted once it is over.
    "rounds_given": {"id", "round_id"},
    "rounds_reflectionround": {"ends_at", "id"},
    # What enough participants said that success is for them, in a year that is over: codes.
    "success_choice": {"file_id", "id", "statements", "written_at"},
    "success_choicestatus": {"record_id", "status"},
    # What enough partners said of themselves, in years that are over: steps, never a word.
    "self_assessment_assessment": {
        "asks_id", "id", "partner_id", "steps", "written_at", "year",
    },
    # How many took place, in quarters that are over: never whose. And the hours of one of the two,
    # for their own calendar address.
    "supervision_slot": {
        "accepted_at", "asked_stay_id", "ended_at", "id", "minutes", "moved_at", "offered_stay_id",
        "outcome", "starts_at",
    },
    # What enough people wrote or answered, in spans of time that are over: that there is a line;
    # which sentences, of whoever agreed that they count. And what was told of them then.
    "informal_support_supportline": {"user_id", "written_at"},
    "informal_support_supportcount": {"number", "starts_on"},
    "competencies_competencylook": {"at_ease", "id", "not_yet", "user_id", "written_at"},
    "competencies_competencytold": {"code", "share", "starts_on"},
    # How many sessions of practice groups were held: never who came. And the hours of whoever is in
    # a group, for their own calendar address.
    "practice_groups_practicesession": {"cancelled_at", "group_id", "id", "minutes", "starts_at"},
    "practice_groups_practicemember": {"group_id", "stay_id"},
    "advisory_given": {"id"},  # that a notebook has answered, to whoever holds its numbers
    "admission_referralstatus": {
        "code",
        "file_id",
        "number",
        "reason",
        "received_at",
        "status",
        "status_at",
    },
    # Which question a code opens: a keyed digest, never a word of it.
    "questions_questionstatus": {"code", "file_id"},
    # Which request for training the code of a receipt opens: a keyed digest, never a word of it.
    "requests_trainingrequest": {"code", "id"},
    # How many were asked, when a partner leaves: what they chose, never their words.
    "departure_say": {"departure_id", "file_id", "id", "said_on", "way", "written_at"},
    "intervention_support_advicerequest": {"id", "received_at"},
    # Which request a code opens: a keyed digest. How long questions waited, what answers brought,
    # and what was said of no request: numbers of a month, never a word.
    "intervention_support_advicestanding": {"code", "id"},
    "intervention_support_adviceword": {"outcomes", "request_id", "speed", "written_at"},
    "intervention_support_advicefeedback": {"clearer", "equipped", "organisation_id", "starts_on"},
    # How referrals heard of us: an answer of a quarter, tied to no referral.
    "heard_heard": {"how", "organisation_id", "starts_on"},
    "notes_note": {"corrects_id", "file_id", "id", "kind", "occurred_at", "written_at"},
    # A hold cannot end as long as the demand that placed it is open.
    "legal_demands_matterstatus": {"matter_id", "status", "same_id"},
    # Of which of them she is not told yet: whoever sits there is not named to her.
    "legal_demands_informing": {"id", "matter_id", "way", "written_at"},
    "legal_demands_matter": {"demand_id", "id"},
    # Where a demand waits to be answered: from nobody, about nobody, of which organisation.
    "legal_demands_demand": {"id", "organisation_id"},
    "legal_demands_demandend": {"id"},
    "legal_demands_step": {"id", "matter_id"},
    # What is alike: digests that only the key file can make, and what was left apart.
    "likeness_leftapart": {"id"},
    "likeness_trace": {"digest", "file_id", "id", "kind", "left_at"},
    "participants_codeword": {"digest", "file_id", "written_at"},
    # Which representative is suspended in the other file, and who looks again: never the reason.
    "participants_suspension": {"ended_at", "file_id", "id", "who"},
    "participants_suspensionreason": {"id", "organisation_id", "user_id"},
    "participants_suspensionreview": {"id", "outcome"},
    # Which part a partner reads of its own: never a word of it.
    "parts_ownpart": {
        "file_id", "id", "is_from_there", "is_shown", "number", "organisation_id", "part_id",
    },
    "participants_followup": {"file_id", "id", "opened_at"},
    # Whether it is safe to reach her, and whether she confirmed how.
    "participants_safecontact": {"confirmed_on", "file_id", "id", "unsafe_on", "written_at"},
    # How long psychotherapy was waited for, in quarters that are over: days, never a word.
    "therapy_requests_therapyrequest": {"file_id", "id", "opens_there", "written_at"},
    "therapy_requests_therapyrequestday": {"id", "on", "request_id", "said_at", "what"},
    "urgent_needs_answer": {"file_id", "need_id", "status"},
    "urgent_needs_urgentneedstatus": {"record_id", "status"},
    # For one calendar address: when, how long, whose, of which file; whether it goes on.
    "ical_calendaraddress": {
        "committee_id", "digest", "id", "made_at", "organisation_id", "user_id",
    },
    "ical_calendarsetting": {"id", "is_allowed", "organisation_id", "said_at"},
    "meetings_meetingstatus": {"meeting_id", "status"},
    "meetings_plannedmeeting": {
        "file_id", "id", "length", "starts_at", "worker_id", "written_at",
    },
    # When a training is held, and whether one gives it or comes: of nobody else.
    "sessions_trainingsession": {
        "cancelled_at", "closed_at", "ends_at", "host_id", "id", "starts_at", "trainer_ids",
    },
    "sessions_enrolment": {"organisation_id", "session_id", "status", "user_id"},
    # On which day an event is, of which kind, before how many, who presents there and how long:
    # never where, before whom, nor with what.
    "events_event": {
        "cancelled_at", "heads", "held_on", "id", "kind", "lasted_minutes", "noted_at",
        "presenter_ids", "text_version", "travel_minutes",
    },
    "participants_followupstatus": {"file_id", "follow_up_id", "status", "status_at"},
    # Whether somebody waits for an answer that nobody reads: that there is one, never what it says.
    "notebook_reply": {"word_id"},
    "notebook_word": {"file_id", "id"},
    "my_say_answer": {"ask_id", "stands"},
    "my_say_ask": {"file_id", "id", "kind", "written_at"},
    # When a request of the law was made, that no register holds: never whose, nor what it says.
    "access_requests_accessrequest": {"file_id", "id", "received_at", "wish"},
    # In which language somebody with whom nobody walks is spoken to; for a table of research, the
    # band of age noted last, never a day of birth.
    "participants_identity": {"age_band", "file_id", "id", "language", "written_at"},
    # What leaves for research: who was asked, under a digest; what they said; what they refuse; and
    # who referred them, as one of three words (ADR research).
    "admission_referral": {"file_id", "source"},
    "research_answer": {"agrees", "asked_at", "digest", "giver", "id"},
    "research_card": {"digest", "file_id", "id", "protocol_id", "written_at"},
    "research_protocol": {
        "ended_at", "ends_on", "id", "researcher_id", "starts_on", "takes_under_14", "theme",
    },
    "restrictions_refusal": {"code", "ended_at", "file_id", "kind"},
    # How soon contact came after somebody went back: days and a code, counted by quarter.
    "stage_marks_stagemark": {
        "corrects_id", "file_id", "id", "occurred_at", "stage", "written_at",
    },
}  # fmt: skip
