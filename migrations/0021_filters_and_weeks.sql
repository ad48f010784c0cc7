-- What people keep of lists (kit/web), and hours by weekday beside those that the program carries (kit/hours).

-- A filter that somebody has named: the address of a list as it stood. It belongs to the account, whichever unit that works for.
create table kept_filter (
    id text primary key,
    account text not null references account (id),
    list text not null,                    -- the path of the list: '/mot-cua'
    name text not null,
    address text not null,                 -- path and query; may hold a name that was looked for: nobody else reads it
    at bigint not null,
    unique (account, list, name)
);

-- The hours of a week, from a day on until a later edition: of one agency, or of all that have none of their own.
create table working_week (
    id text primary key,
    unit text references unit (id),        -- none: every agency without hours of its own
    from_day text not null,
    hours text not null,                   -- from Monday to Sunday: '07:30-11:30,13:30-17:30;…;;'
    basis text not null,                   -- the decision: its number and day
    at bigint not null,
    account text references account (id),
    author text not null,
    withdrawn bigint                       -- it holds until then
);
create index working_week_of on working_week (unit, from_day) where withdrawn is null;
