-- Boxes of ended dossiers hold years of them: those received within days are found by these days. Written once, at the end.
create index dossier_ended on dossier (agency, state, received, due, id, step_due, field, procedure, office, holder) where ended is not null;
