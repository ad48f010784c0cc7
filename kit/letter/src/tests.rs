//! Papers are read back as others read them: the PDF by a PDF reader, the DOCX unzipped and parsed, and by
//! LibreOffice Writer where the host has it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod docx;
mod forms;
mod hostile;
mod pdf;
mod qr;
mod samples;
