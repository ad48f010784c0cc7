-- A deed reads the steps that run; whoever looks at a dossier reads them all.
drop index dossier_step_of;
create index dossier_step_of on dossier_step (dossier, done, begun);
