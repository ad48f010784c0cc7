-- Working time: what differs from the calendars that the program carries (kit/hours).

-- Days off beside the law's (a storm, a swap announced later), or worked though a weekend: of one agency, or of all.
create table working_change (
    id text primary key,
    unit text references unit (id),        -- none: every agency
    from_day text not null,                -- the days [from_day, to_day)
    to_day text not null,
    kind text not null,                    -- 'off', 'made-up'
    half text,                             -- 'morning', 'afternoon': closed for that half only
    replaces text,                         -- made up: the day it is worked for, whose hours it has
    why text not null,
    basis text not null,                   -- the decision or notice: its number and day
    at bigint not null,
    account text references account (id),
    author text not null,
    withdrawn bigint                       -- it holds until then
);
create index working_change_of on working_change (unit, from_day) where withdrawn is null;
