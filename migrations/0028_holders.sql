-- What nobody holds is found by its office: it need not stand among what people hold.
drop index dossier_by_holder;
create index dossier_by_holder on dossier (holder, state, due, id, step_due) where holder is not null;
