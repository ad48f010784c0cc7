-- The citizen's side of một cửa: what is being filled in, and who may follow what without an account.

-- A dossier that is being filled in. `code` is said at the counter, where somebody helps to finish it. Its files are uses of the record
-- ('dossier-draft', id/paper). Thrown away when it expires; after it was handed in it only says which dossier became of it.
create table dossier_draft (
    id text primary key,
    code text not null unique,
    procedure text not null,
    edition text not null references edition (id),
    case_code text not null,
    place text not null,                   -- the key of the unit that receives it
    body text not null,                    -- JSON: whose it is, how the result is given back
    changed bigint not null,
    expires bigint not null,
    dossier text references dossier (id)
);
create index dossier_draft_expires on dossier_draft (expires);

-- A browser that may see a draft or follow a dossier: the SHA-256 of its cookie, and what it opens until when.
create table dossier_pass (
    token text not null,
    about text not null,                   -- the id of a draft or a dossier
    until bigint not null,
    primary key (token, about)
);
create index dossier_pass_until on dossier_pass (until);

-- Guesses at the secret of a dossier: after too many it is closed for a while.
create table dossier_guess (
    dossier text primary key references dossier (id),
    failures bigint not null,
    last bigint not null
);
