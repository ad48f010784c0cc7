-- A published edition without a last day may be given one, once: the day on which its successor takes force (a new
-- decision ends the old one). Nothing else of it ever changes, and a day once set stays.

-- only sqlite
drop trigger edition_frozen_update;
create trigger edition_frozen_update before update on edition when old.status = 'published' and not (
    old.valid_to is null and new.valid_to is not null and new.valid_to > old.valid_from
    and new.id is old.id and new.kind is old.kind and new.code is old.code and new.number is old.number
    and new.name is old.name and new.source is old.source and new.valid_from is old.valid_from
    and new.status is old.status and new.body is old.body and new.sample is old.sample)
begin select raise(abort, 'frozen: a published edition never changes'); end;
-- end
-- only postgres
create or replace function edition_keeps() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.status = 'published' then raise exception 'frozen: a published edition never changes'; end if;
        return old;
    end if;
    if old.status = 'published' and not (
        old.valid_to is null and new.valid_to is not null and new.valid_to > old.valid_from
        and (new.id, new.kind, new.code, new.number, new.name, new.source, new.valid_from, new.status, new.body, new.sample)
            is not distinct from
            (old.id, old.kind, old.code, old.number, old.name, old.source, old.valid_from, old.status, old.body, old.sample))
    then raise exception 'frozen: a published edition never changes'; end if;
    if new.status = 'published' and exists (
        select 1 from edition e where e.kind = new.kind and e.code = new.code and e.id <> new.id and e.status = 'published'
        and e.valid_from < coalesce(new.valid_to, '9999-12-31') and new.valid_from < coalesce(e.valid_to, '9999-12-31'))
    then raise exception 'overlap: another published edition is in force on these days'; end if;
    return new;
end $$;
-- end
