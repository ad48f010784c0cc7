-- Units, people, and what each may do where. Days are half-open: [valid_from, valid_to).

-- A unit of administration: a province, a department, an office, a commune. It is never deleted: it ends.
create table unit (
    id text primary key,
    key text not null unique,              -- stable name in data files: 'so-cong-thuong'
    name text not null,
    short text not null,
    folded text not null,                  -- name and short without diacritics, for search
    kind text not null,                    -- 'tinh', 'so', 'phong', 'huyen', 'xa', …
    parent text references unit (id),
    valid_from text not null,
    valid_to text,
    code_old text,                         -- QCVN 102:2016/BTTTT: 000.00.13.H50
    code_new text,                         -- QĐ 20/2020/QĐ-TTg: H50.13
    sample bigint not null default 0,
    version bigint not null default 1
);
create index unit_by_parent on unit (parent);

-- What became of a unit: merged into, split into, renamed to another.
create table unit_successor (
    unit text not null references unit (id),
    successor text not null references unit (id),
    how text not null,                     -- 'merge', 'split', 'rename'
    on_day text not null,
    primary key (unit, successor)
);

-- Someone who signs in. People leave; their accounts are closed, not deleted.
create table account (
    id text primary key,
    login text not null unique,
    name text not null,
    folded text not null,
    email text,
    phone text,
    title text not null default '',        -- 'Chuyên viên', 'Giám đốc'
    password text,                         -- argon2id in PHC form; none where sign-in is by OIDC only
    totp text,                             -- shared secret of the second factor, once confirmed
    totp_step bigint not null default 0,   -- the last time step used: a code works once
    subject text unique,                   -- 'issuer|sub' of the OIDC provider
    closed bigint not null default 0,
    must_change bigint not null default 0, -- the password was given by somebody else
    failures bigint not null default 0,
    locked_until bigint,
    sample bigint not null default 0,
    version bigint not null default 1
);

-- A role at a unit for a time. A delegation is a role lent by another for a period.
create table role_grant (
    id text primary key,
    account text not null references account (id),
    unit text not null references unit (id),
    role text not null,                    -- 'admin', 'head', 'coordinator', 'staff', 'appraiser', 'council', 'viewer'
    valid_from text not null,
    valid_to text,
    lent_by text references account (id),
    note text not null default ''
);
create index role_grant_by_account on role_grant (account);
create index role_grant_by_unit on role_grant (unit);

-- A browser that is signed in. Only the SHA-256 of its cookie is kept.
create table session (
    token text primary key,
    account text not null references account (id),
    hat text references unit (id),         -- the unit the person is acting for
    begun bigint not null,
    seen bigint not null,
    ends bigint not null,
    agent text not null,
    address text not null,
    csrf text not null
);
create index session_by_account on session (account);

-- A link that works once: to create the first administrator, to set a forgotten password, or to come back with a code.
create table once_link (
    token text primary key,                -- SHA-256
    purpose text not null,                 -- 'setup', 'password', 'code'
    account text references account (id),
    ends bigint not null
);

-- A key for programs, acting as its account in one unit, with no more than its scopes.
create table api_token (
    id text primary key,
    token text not null unique,            -- SHA-256
    account text not null references account (id),
    unit text not null references unit (id),
    name text not null,
    scopes text not null,                  -- 'read', 'write', separated by blanks
    begun bigint not null,
    ends bigint not null,
    used bigint
);

-- A form that was answered once is not answered again: the same key gets the same place.
create table form_key (
    key text primary key,
    account text not null references account (id),
    at bigint not null,
    place text not null                    -- where the first answer led
);
