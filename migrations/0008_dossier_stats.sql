-- Counting dossiers over any days, and finding them by the words of a name: narrow tables beside the wide one, kept by its own store.

-- What dossiers are counted by: one row for each combination that occurs. Its id is drawn from its content, so that nobody looks it up.
create table dossier_cell (
    -- only sqlite
    id integer primary key,
    -- end
    -- only postgres
    id bigint primary key,
    -- end
    agency text not null references unit (id),
    procedure text not null,
    name text not null,                    -- of the procedure, as it was first met
    field text not null,
    channel text not null,
    receiver text references account (id), -- who took it in
    handler text references account (id)   -- who had it last, of those to whom it was given by name
);

create index dossier_cell_of on dossier_cell (agency, procedure);
create index dossier_cell_procedure on dossier_cell (procedure, name);
create index dossier_cell_field on dossier_cell (field);

-- A dossier as statistics see it. `closed`: since when its result is there, or else it has ended; none: it is open.
-- `verdict`: how that was against the due moment of then: 'early', 'on-time', 'late'.
create table dossier_life (
    dossier text primary key references dossier (id),
    cell bigint not null references dossier_cell (id),
    received bigint not null,
    closed bigint,
    verdict text
);
create index dossier_life_received on dossier_life (received, cell);
create index dossier_life_closed on dossier_life (closed, verdict, cell);

-- How its clock stood, from when to when: the spells of a dossier lie end to end from its receipt until it is closed, so that the state of any past
-- moment can be read off. `stand`: 'runs', 'supplement', 'financial-duty', 'other'. `due`: the due moment that held; none while the clock stands.
-- `span`: the class of its length (`stats::span`). Which spells hold a moment is asked class by class, and no class is looked at further back than its
-- longest spell: however many dossiers there were, only those around the moment are read.
create table dossier_spell (
    dossier text not null references dossier (id),
    seq bigint not null,
    cell bigint not null references dossier_cell (id),
    since bigint not null,
    until bigint,                          -- none: it lasts
    stand text not null,
    due bigint,
    span bigint not null,
    primary key (dossier, seq)
);
create index dossier_spell_at on dossier_spell (span, since, until, cell, stand, due);

-- What came before this step: as it stands now, in one spell each. Ids drawn from content are not negative.
insert into dossier_cell (id, agency, procedure, name, field, channel, receiver, handler)
    select 0 - row_number() over (order by id), agency, procedure, name, field, channel, received_by, holder from dossier where submitted is null or received_by is not null;
insert into dossier_life (dossier, cell, received, closed, verdict)
    select id, 0 - row_number() over (order by id), received, coalesce(resolved, ended),
        case when coalesce(resolved, ended) is null then null when coalesce(resolved, ended) > coalesce(due, promised) then 'late'
             when (coalesce(resolved, ended) + 25200000000) / 86400000000 < (coalesce(due, promised) + 25200000000) / 86400000000 then 'early'
             else 'on-time' end
    from dossier where submitted is null or received_by is not null;
insert into dossier_spell (dossier, seq, cell, since, until, stand, due, span)
    select l.dossier, 1, l.cell, l.received, l.closed, case when d.paused is null or l.closed is not null then 'runs' else 'other' end, d.due,
        case when l.closed is null then 99 else 9 end
    from dossier_life l join dossier d on d.id = l.dossier;

-- The words by which a dossier is found: those of its owner's name, folded, and its number in its code without leading zeros.
create table dossier_word (
    agency text not null,
    word text not null,
    dossier text not null references dossier (id),
    primary key (agency, word, dossier)
-- only sqlite
) without rowid;
-- end
-- only postgres
);
-- end
create index dossier_word_of on dossier_word (dossier, word);

-- The boxes with their counters, without looking into the dossiers themselves.
drop index dossier_by_agency;
drop index dossier_by_holder;
drop index dossier_by_office;
create index dossier_by_agency on dossier (agency, state, due, id, step_due, field, procedure);
create index dossier_by_holder on dossier (holder, state, due, id, step_due);
create index dossier_by_office on dossier (office, holder, state, due, id, step_due);
