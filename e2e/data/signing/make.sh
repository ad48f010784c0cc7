#!/bin/sh
# The invented certificate that the demo of the journeys signs with, and the root that it is of: valid from 2011, before the demo's
# first paper, to 2120. They open nothing but these journeys; the passphrase is "mat-khau". Made with OpenSSL 3: sh make.sh.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/openssl.cnf" <<'CNF'
[ca]
default_ca = house
[house]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF
touch "$work/index"
echo 1000 > "$work/serial"

# certify NAME SUBJECT EXTENSIONS BY
certify() {
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/$1.key" 2> /dev/null
    openssl req -new -utf8 -key "$work/$1.key" -subj "$2" -out "$work/$1.csr"
    (cd "$work"; openssl ca -batch -notext -utf8 -config openssl.cnf -extensions "$3" -startdate 110101000000Z \
        -enddate 21200101000000Z $4 -in "$1.csr" -out "$1.pem" 2> log || { cat log; exit 1; })
}
certify root "/C=VN/O=Cơ quan mẫu/CN=Gốc mẫu của hành trình" root "-selfsign -keyfile root.key"
certify signer "/C=VN/O=Sở Công Thương (mẫu)/CN=Con dấu mẫu" signer "-cert root.pem -keyfile root.key"
cp "$work/root.pem" root.pem
openssl pkcs12 -export -inkey "$work/signer.key" -in "$work/signer.pem" -certfile root.pem -passout pass:mat-khau -out signer.p12
