-- A browser whose citizen has signed in at a system that knows them (VNeID). Only the SHA-256 of its cookie is kept; what
-- that system said of the person is kept for as long as they are in, and no longer.
create table citizen_session (
    token text primary key,
    subject text not null,                 -- issuer and the person's id there
    name text not null,
    number text not null,                  -- identity number: what opens their dossiers
    born text not null default '',
    phone text not null default '',
    address text not null default '',
    begun bigint not null,
    until bigint not null
);
create index citizen_session_until on citizen_session (until);
