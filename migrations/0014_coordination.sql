-- Một cửa liên thông: steps of other agencies, and what is awaited from outside beside the process.

-- Whose step it is, where it is not the dossier's own agency: its people do it, by their own calendar.
alter table dossier_step add column agency text references unit (id);
create index dossier_step_of_agency on dossier_step (agency, due) where agency is not null and done is null;

-- What is awaited from outside besides supplements: an answer of another agency, or that a financial duty is met.
create table dossier_awaited (
    id text primary key,
    dossier text not null references dossier (id),
    why text not null,                     -- 'agency-answer', 'financial-duty'
    agency text references unit (id),      -- who is asked; none: somebody who is not in this house, answering on paper
    whom text not null,                    -- their name as it was
    at bigint not null,
    account text references account (id),  -- who asked
    said text not null,                    -- the question, or the notice of the duty
    until text not null,                   -- the last day to answer
    stands bigint not null default 0,      -- the clock stands meanwhile, where the process says so
    answered bigint,                       -- none while it is awaited
    answered_by text not null default '',
    answer text not null default ''
);
create index dossier_awaited_of on dossier_awaited (dossier, at);
create index dossier_awaited_open on dossier_awaited (agency, until) where answered is null;
