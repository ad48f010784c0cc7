-- Chỉ số CCHC: rounds, scorecards, answers, evidence, appraisal, results.

-- A round: one year's scoring, with the days on which each phase opens and closes (half-open).
create table index_round (
    id text primary key,
    name text not null,
    year bigint not null,
    province text not null references unit (id),
    scoring_from text not null,
    scoring_to text not null,
    appraisal_to text not null,            -- appraisal is open in [scoring_to, appraisal_to)
    explaining_to text not null,
    second_to text not null,
    status text not null,                  -- 'draft', 'open', 'published'
    decision text,                         -- number and day of the decision of publication
    decided_on text,
    published bigint,
    sample bigint not null default 0,
    version bigint not null default 1,
    unique (province, year, name)
);

-- Which criteria set scores which kind of unit in a round.
create table index_round_set (
    round text not null references index_round (id),
    kind text not null,
    edition text not null references edition (id),
    primary key (round, kind)
);

-- One unit's scorecard in a round. `state`: 'scoring', 'submitted', 'appraised', 'explained', 'concluded'.
create table index_card (
    id text primary key,
    round text not null references index_round (id),
    unit text not null references unit (id),
    kind text not null,
    edition text not null references edition (id),
    state text not null,
    submitted bigint,
    submitted_by text references account (id),
    survey_held bigint not null default 1,
    frozen text,                           -- JSON: the answers as they were submitted
    version bigint not null default 1,
    unique (round, unit)
);
create index index_card_by_unit on index_card (unit);

-- What was answered to one criterion. `side`: 'self' (the unit, the survey, a fact) or 'appraisal'.
create table index_answer (
    card text not null references index_card (id),
    code text not null,
    answer text,                           -- JSON, as in the answers file; none: not yet known
    note text not null default '',         -- the unit's explanation of how it counted
    excused text,                          -- 'asked', 'granted', 'refused': not applicable on request
    excused_why text not null default '',
    fact text references fact (id),        -- where the answer was read from a fact
    at bigint not null,
    account text references account (id),
    version bigint not null default 1,
    primary key (card, code)
);

-- The appraiser's verdict on one criterion. `second`: a second appraiser has been asked for, or has agreed.
create table index_verdict (
    card text not null references index_card (id),
    code text not null,
    points decimal,                        -- none: not yet decided
    agrees bigint not null,                -- 1: the self-assessed points stand
    reason text not null default '',
    second text,                           -- 'wanted', 'agreed', 'changed'
    second_account text references account (id),
    at bigint not null,
    account text references account (id),
    version bigint not null default 1,
    primary key (card, code)
);

-- A document that proves something, given once by a unit and used for many criteria.
create table index_evidence (
    id text primary key,
    unit text not null references unit (id),
    year bigint not null,
    number text not null,
    issued text,                           -- day
    issuer text not null,
    summary text not null,                 -- trích yếu
    link text,
    at bigint not null,
    account text references account (id),
    version bigint not null default 1
);
create index index_evidence_by_unit on index_evidence (unit, year);

-- Where in a document the proof of a criterion stands.
create table index_proof (
    card text not null references index_card (id),
    code text not null,
    evidence text not null references index_evidence (id),
    place text not null,                   -- mục, trang
    at bigint not null,
    primary key (card, code, evidence)
);
create index index_proof_by_evidence on index_proof (evidence);

-- Which office or person of the unit answers a criterion, or a whole branch (by code).
create table index_assignment (
    card text not null references index_card (id),
    code text not null,
    unit text references unit (id),
    account text references account (id),
    primary key (card, code)
);

-- Which department appraises which field (top code) of which kind of unit; one unit only, where `only_unit` says so.
create table index_appraiser (
    id text primary key,
    round text not null references index_round (id),
    kind text not null,
    field text not null,
    unit text not null references unit (id),
    account text references account (id),
    only_unit text references unit (id)
);
create index index_appraiser_by_round on index_appraiser (round, unit);

-- Questions and explanations on a criterion, in the order they were said.
create table index_remark (
    id text primary key,
    card text not null references index_card (id),
    code text not null,
    side text not null,                    -- 'appraiser', 'unit', 'council'
    text text not null,
    at bigint not null,
    account text references account (id)
);
create index index_remark_by_card on index_remark (card, code);

-- A unit asks to open its card again, with a reason.
create table index_reopen (
    id text primary key,
    card text not null references index_card (id),
    reason text not null,
    asked bigint not null,
    asked_by text references account (id),
    granted bigint,                        -- 1 or 0, once decided
    decided bigint,
    decided_by text references account (id),
    until text                             -- the first day on which it is closed again
);
create index index_reopen_by_card on index_reopen (card);

-- What was published: a frozen snapshot per unit.
create table index_result (
    round text not null references index_round (id),
    unit text not null references unit (id),
    kind text not null,
    self_points decimal,
    points decimal not null,
    survey_points decimal,
    bonus decimal not null,
    penalty decimal not null,
    applicable_max decimal not null,
    score decimal,                         -- the index, percent
    rating text,
    rank bigint,
    lines text not null,                   -- JSON: per field and per criterion
    primary key (round, unit)
);
create index index_result_by_unit on index_result (unit);

-- only sqlite
create trigger index_result_frozen before update on index_result begin select raise(abort, 'frozen: a published result never changes'); end;
-- end
-- only postgres
create function index_result_keeps() returns trigger language plpgsql as $$ begin raise exception 'frozen: a published result never changes'; end $$;
create trigger index_result_frozen before update on index_result for each row execute function index_result_keeps();
-- end

-- Figures published by others (provinces' indices, other provinces' departments), kept as history with their source.
create table index_history (
    id text primary key,
    scale text not null,                   -- 'PAR INDEX', 'PAPI', 'Huế 2021'
    year bigint not null,
    subject text not null,
    part text not null default '',         -- 'D1'…; empty: the whole
    value decimal,
    rank bigint,
    rating text,
    source text not null
);
create index index_history_by_scale on index_history (scale, year);
