-- Hệ thống thông tin báo cáo: what units report for a period by a regime of reports.

-- One collection (đợt báo cáo): a regime, for a period, at the agency that adds it up. What a regime and its indicators say is
-- frozen with their editions.
create table report_round (
    id text primary key,
    code text not null,                    -- of the regime, over its editions
    regime text not null references edition (id),
    indicators text not null references edition (id),
    period text not null,                  -- '2026-11', '2026-Q4'
    collector text not null references unit (id),
    closed text not null,                  -- the day on which figures are closed, that day included
    opened bigint not null,
    opened_by text references account (id),
    sample bigint not null default 0
);
create unique index report_round_once on report_round (code, period, collector);

-- What one unit reports in it. The collector's own is at the top: it is added up from those under it.
-- `state`: 'todo', 'doing', 'asked', 'returned', 'sent', 'accepted'.
create table report (
    id text primary key,
    round text not null references report_round (id),
    unit text not null references unit (id),
    above text references report (id),
    asks text not null default '[]',       -- codes of the rows it is asked for; empty: all
    holder text references account (id),
    due bigint not null,
    state text not null,
    first_sent bigint,                     -- on time or late is told by this one
    sent bigint,
    filled bigint not null default 0,      -- figures that are there
    asked bigint not null default 0,       -- figures that should be
    number text not null default '',       -- of the letter that it went out with
    issued text,
    changed bigint not null,
    version bigint not null default 1
);
-- An agency that adds up others may be one of them.
create unique index report_once on report (round, unit, (case when above is null then 0 else 1 end));
create index report_waiting on report (unit, state, due);
create index report_above on report (above);

-- Figures by one form, as one text in the order of its cells (ADR 0019).
create table report_sheet (
    report text not null references report (id),
    form text not null,
    figures text not null,
    primary key (report, form)
);

-- The text of one section of the outline.
create table report_words (
    report text not null references report (id),
    section text not null,
    body text not null,
    primary key (report, section)
);

-- What is said of one place of a report: 'comment', 'returned' (why it must be changed), 'explained' (why a check may fail),
-- 'overridden' (why a figure is not the one counted by the system).
create table report_note (
    id text primary key,
    report text not null references report (id),
    spot text not null,                    -- 'cell/<form>/<place>', 'section/<code>', 'check/<code>'; empty: the whole
    kind text not null,
    body text not null,
    account text references account (id),
    who text not null,
    at bigint not null,
    settled bigint                         -- of what was returned: when it was changed or answered
);
create index report_note_of on report_note (report, at, id);

-- A report as it was when it was sent: never changed, also where it is sent again.
create table report_version (
    report text not null references report (id),
    number bigint not null,
    content text not null,                 -- JSON: the sheets by form, the words by section
    who text not null,
    at bigint not null,
    why text not null default '',          -- of one sent again: why it was opened
    primary key (report, number)
);

-- A figure that the system counted itself, with the way to its records. The sheet has the same figure, unless somebody overrode it
-- and said why.
create table report_source (
    report text not null references report (id),
    form text not null,
    place bigint not null,
    figure bigint not null,                -- in the last digit of its indicator, as in the sheet
    source text not null,
    link text not null,
    at bigint not null,
    primary key (report, form, place)
);
