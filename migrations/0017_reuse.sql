-- A paper that the citizen did not hand in again: the code of the dossier in which the office has it.
alter table dossier_paper add column reused_from text not null default '';
