#!/bin/sh
# The certificates and keys of the tests: a root, a CA under it, a signer with RSA, one with ECDSA P-256, one whose
# certificate ended in 2021, one that a signer issued, and a root that has nothing to do with them. Valid until 2120, so
# that tests do not age.
# Made with OpenSSL 3: sh make.sh. They open nothing but these tests; every passphrase is "mat-khau".
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pass=pass:mat-khau

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
[middle]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF
touch "$work/index"
echo 1000 > "$work/serial"

rsa() { openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/$1.key" 2> /dev/null; }
p256() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key"; }
# certify NAME SUBJECT EXTENSIONS ISSUER FROM TO
certify() {
    openssl req -new -utf8 -key "$work/$1.key" -subj "$2" -out "$work/$1.csr"
    if [ "$1" = "$4" ]; then by="-selfsign -keyfile $work/$1.key"; else by="-cert $4.pem -keyfile $work/$4.key"; fi
    (cp ./*.pem "$work" 2> /dev/null || true; cd "$work"
        openssl ca -batch -notext -utf8 -config openssl.cnf -extensions "$3" -startdate "$5" -enddate "$6" \
            $by -in "$1.csr" -out "$1.pem" 2> log || { cat log; exit 1; })
    cp "$work/$1.pem" "$1.pem"
}

rsa root; certify root "/C=VN/O=Cơ quan mẫu/CN=Gốc mẫu" root root 200101000000Z 21200101000000Z
rsa middle; certify middle "/C=VN/O=Cơ quan mẫu/CN=Nơi cấp mẫu" middle root 200101000000Z 21200101000000Z
rsa signer; certify signer "/C=VN/O=Sở Công Thương/CN=Trần Văn Ước" signer middle 200101000000Z 21200101000000Z
p256 curve; certify curve "/C=VN/O=UBND tỉnh Quảng Trị/CN=Nguyễn Thị Lan" signer middle 200101000000Z 21200101000000Z
rsa late; certify late "/C=VN/O=Sở Công Thương/CN=Lê Hết Hạn" signer middle 200101000000Z 210101000000Z
# Issued by one who may only sign: nobody may trust it.
rsa forged; certify forged "/C=VN/O=Sở Công Thương/CN=Kẻ giả" signer signer 200101000000Z 21200101000000Z
rsa stranger; certify stranger "/C=VN/O=Nơi khác/CN=Gốc khác" root stranger 200101000000Z 21200101000000Z

cat middle.pem root.pem > "$work/above.pem"
openssl pkcs12 -export -inkey "$work/signer.key" -in signer.pem -certfile "$work/above.pem" -passout "$pass" -out signer.p12
openssl pkcs12 -export -inkey "$work/curve.key" -in curve.pem -certfile "$work/above.pem" -passout "$pass" -out curve.p12
openssl pkcs12 -export -inkey "$work/late.key" -in late.pem -certfile "$work/above.pem" -passout "$pass" -out late.p12
cat signer.pem "$work/above.pem" > "$work/forged-above.pem"
openssl pkcs12 -export -inkey "$work/forged.key" -in forged.pem -certfile "$work/forged-above.pem" -passout "$pass" -out forged.p12
# As Windows and older CAs write it: RC2-40, triple DES, SHA-1.
openssl pkcs12 -export -legacy -inkey "$work/signer.key" -in signer.pem -certfile "$work/above.pem" -passout "$pass" -out legacy.p12
# A key in PEM, locked, with its certificates in no order.
openssl pkcs8 -topk8 -v2 aes-256-cbc -in "$work/curve.key" -passout "$pass" -out "$work/locked.key"
cat root.pem "$work/locked.key" middle.pem curve.pem > curve-key.pem
rm -f middle.pem late.pem forged.pem
