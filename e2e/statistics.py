"""Reads a regime's statistics as anybody would: by the public client sdmx1, unchanged; and ADX against its structure.

    python statistics.py BASE KEY REGIME ADX-SCHEMA

Prints what was read as JSON; ends with an error where something cannot be read.
"""

import csv
import io
import json
import sys
import urllib.request

import sdmx
from lxml import etree

base, key, regime, schema = sys.argv[1:5]
bearer = {"Authorization": f"Bearer {key}"}
sdmx.add_source({"id": "CUAVIET", "name": "Cua Viet", "url": f"{base}/api/sdmx/v1"})
client = sdmx.Client("CUAVIET")
client.session.headers.update(bearer)


def get(path, accept="*/*"):
    asked = urllib.request.Request(f"{base}{path}", headers={**bearer, "Accept": accept})
    with urllib.request.urlopen(asked) as answer:
        return answer.headers["Content-Type"], answer.read()


def figures(message):
    """By series and period, as text: every form must say the same."""
    found = {}
    for data_set in message.data:
        for one in data_set.obs:
            series = [str(one.key[name].value) for name in ("FREQ", "UNIT", "LEVEL", "INDICATOR", "PART", "NATURE")]
            found[".".join(series) + "/" + str(one.key["TIME_PERIOD"].value)] = float(one.value)
    return found


structure = client.dataflow(regime)
(dsd,) = structure.structure.values()
names = {code.id: str(code.name) for code in structure.codelist[f"CL_INDICATOR_{regime}"]}
xml = figures(client.data(regime, dsd=dsd))
one = figures(client.data(regime, key="...CN_GTSX..3", dsd=dsd))
_, text = get(f"/api/sdmx/v1/data/{regime}", "application/vnd.sdmx.data+json;version=1.0.0")
as_json = figures(sdmx.read_sdmx(io.BytesIO(text)))
_, text = get(f"/api/sdmx/v1/data/{regime}", "application/vnd.sdmx.data+csv;version=1.0.0")
as_csv = {
    ".".join(row[name] for name in ("FREQ", "UNIT", "LEVEL", "INDICATOR", "PART", "NATURE")) + "/" + row["TIME_PERIOD"]: float(row["OBS_VALUE"])
    for row in csv.DictReader(io.StringIO(text.decode()))
}
_, text = get(f"/api/v1/report-figures/{regime}")
document = etree.fromstring(text)
etree.XMLSchema(etree.parse(schema)).assertValid(document)
values = document.findall(".//{urn:ihe:qrph:adx:2015}dataValue")

print(
    json.dumps(
        {
            "dimensions": [one.id for one in dsd.dimensions],
            "name": names["CN_GTSX"],
            "figures": xml,
            "one": one,
            "same": xml == as_json == as_csv,
            "adx": len(values),
        }
    )
)
