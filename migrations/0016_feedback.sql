-- Phản ánh, kiến nghị: what people say of how administrative work is done, and what they are answered.

-- One of them. `state`: 'new', 'answered', 'refused'. Whoever said it is personal: seen by those who answer, and the reading is journalled.
create table feedback (
    id text primary key,
    code text not null unique,             -- 'PA-20261124-0001'
    kind text not null,                    -- 'act', 'rule'
    agency text not null references unit (id),
    dossier text not null default '',      -- the code of a dossier, as it was typed
    said text not null,
    name text not null default '',
    phone text not null default '',
    email text not null default '',
    secret text not null,                  -- SHA-256 of what is told beside the code
    at bigint not null,
    due bigint not null,
    state text not null,
    answer text not null default '',
    answered bigint,
    answered_by text references account (id),
    guesses bigint not null default 0,     -- wrong secrets in a row
    guessed bigint,                        -- the last of them
    sample bigint not null default 0,
    version bigint not null default 1
);
create index feedback_of on feedback (agency, state, due, id);
create index feedback_at on feedback (at);

-- What became of it, for whoever answers: passed on, answered.
create table feedback_event (
    feedback text not null references feedback (id),
    seq bigint not null,
    at bigint not null,
    what text not null,
    who text not null,
    note text not null default '',
    primary key (feedback, seq)
);

-- The last number of a day.
create table feedback_number (
    day text primary key,
    last bigint not null
);
