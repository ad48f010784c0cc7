-- What the tools of the kit keep: files, rule editions, facts, jobs.

-- The content of a file, once, by its SHA-256. The bytes are in the file store.
create table file_content (
    sha256 text primary key,
    bytes bigint not null,
    kind text not null,                    -- media type, by content
    stored bigint not null
);

-- A record's use of a content. A content without any use is swept.
create table file_use (
    id text primary key,
    sha256 text not null references file_content (sha256),
    name text not null,                    -- as the person called it
    about_kind text not null,
    about text not null,
    at bigint not null,
    account text references account (id)
);
create index file_use_by_about on file_use (about_kind, about);
create index file_use_by_content on file_use (sha256);

-- One edition of a rule: draft, then published and frozen. Editions of one code never overlap in time.
create table edition (
    id text primary key,
    kind text not null,                    -- 'criteria'
    code text not null,
    number bigint not null,
    name text not null,
    source text not null,                  -- the decision that issued it
    valid_from text not null,
    valid_to text,
    status text not null,                  -- 'draft', 'published'
    body text not null,                    -- JSON
    sample bigint not null default 0,
    changed bigint not null,
    version bigint not null default 1,
    unique (kind, code, number)
);

-- only sqlite
create trigger edition_frozen_update before update on edition when old.status = 'published'
begin select raise(abort, 'frozen: a published edition never changes'); end;
create trigger edition_frozen_delete before delete on edition when old.status = 'published'
begin select raise(abort, 'frozen: a published edition never changes'); end;
create trigger edition_overlap before update on edition
when new.status = 'published' and exists (
    select 1 from edition e where e.kind = new.kind and e.code = new.code and e.id <> new.id and e.status = 'published'
    and e.valid_from < coalesce(new.valid_to, '9999-12-31') and new.valid_from < coalesce(e.valid_to, '9999-12-31'))
begin select raise(abort, 'overlap: another published edition is in force on these days'); end;
-- end
-- only postgres
create function edition_keeps() returns trigger language plpgsql as $$
begin
    if old.status = 'published' then raise exception 'frozen: a published edition never changes'; end if;
    if tg_op = 'DELETE' then return old; end if;
    if new.status = 'published' and exists (
        select 1 from edition e where e.kind = new.kind and e.code = new.code and e.id <> new.id and e.status = 'published'
        and e.valid_from < coalesce(new.valid_to, '9999-12-31') and new.valid_from < coalesce(e.valid_to, '9999-12-31'))
    then raise exception 'overlap: another published edition is in force on these days'; end if;
    return new;
end $$;
create trigger edition_keeps before update or delete on edition for each row execute function edition_keeps();
-- end

-- One number: what, of which unit, in which period, and where it comes from. A corrected fact is a new row.
create table fact (
    id text primary key,
    what text not null,                    -- 'dossier.on_time'
    unit text not null references unit (id),
    valid_from text not null,              -- the period, half-open
    valid_to text not null,
    value decimal not null,
    source text not null,                  -- the records it was counted from, in words
    link text,                             -- where these records are shown
    manual bigint not null default 0,
    at bigint not null,
    account text references account (id),
    replaced_by text references fact (id)
);
create index fact_by_unit on fact (unit, what, valid_from);

-- Work for later. A worker leases a job; a lease that ends without a result is taken up again.
create table job (
    id text primary key,
    kind text not null,
    title text not null,                   -- in Vietnamese, for its page
    input text not null,                   -- JSON
    status text not null,                  -- 'waiting', 'running', 'done', 'failed', 'cancelled'
    done bigint not null default 0,
    total bigint not null default 0,
    tries bigint not null default 0,
    due bigint not null,
    leased_until bigint,
    result text,                           -- JSON
    problem text,                          -- in Vietnamese
    account text references account (id),
    unit text references unit (id),
    begun bigint not null,
    ended bigint
);
create index job_by_due on job (status, due);
create index job_by_account on job (account, begun);
