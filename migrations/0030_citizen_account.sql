-- Citizens without a sign-in of their own (VNeID): an account that a clerk makes at the counter.

-- An account of a person, one for an identity number. Its password is chosen by its owner, through a link that works once; one whose
-- link ran out before a password was chosen is thrown away.
create table citizen_account (
    id text primary key,
    number text not null,
    name text not null,
    born text not null default '',
    phone text not null default '',
    address text not null default '',
    password text,                         -- argon2id; null until its owner has chosen one
    link text,                             -- SHA-256 of the link's secret
    link_until bigint,
    failures bigint not null default 0,    -- wrong passwords in a row
    locked_until bigint,
    made bigint not null,                  -- when the link was last made
    made_by text                           -- the clerk who made it
);
create unique index citizen_account_number on citizen_account (number);
create unique index citizen_account_link on citizen_account (link);

-- Whether they came in by such an account, rather than by a system that knows them.
alter table citizen_session add column at_counter bigint not null default 0;
