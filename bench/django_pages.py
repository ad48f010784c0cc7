"""The same two pages as Django makes them, on the same database: a worklist, and one dossier with its line in a journal.

`bench dossiers --only django` starts this under gunicorn. Written as a Django project would be that is meant to be fast: one
query for each kind of thing that is shown, joins where there is a join, persistent connections, cached templates, few
middlewares. What Django itself keeps (accounts, sessions, the journal of this file) lies in a schema of its own.
"""

import os
import sys
from datetime import datetime, timezone
from urllib.parse import urlparse

import django
from django.conf import settings

URL = urlparse(os.environ["BENCH_DATABASE"])
NOW = int(os.environ["BENCH_NOW"])
SCHEMA = "bench_django"

TEMPLATES = {
    "page.html": """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/static/site.css"></head><body><nav><ul><li><a href="/">Việc hôm nay</a></li>
<li><a href="/mot-cua">Hồ sơ</a></li><li><a href="/thong-ke">Thống kê</a></li></ul>{{ request.user.username }}</nav>
<main>{% block main %}{% endblock %}</main></body></html>""",
    "worklist.html": """{% extends "page.html" %}{% block title %}Hồ sơ{% endblock %}{% block main %}
<ul>{% for word, count in counts.items %}<li><a href="?hop={{ word }}">{{ word }} ({{ count }})</a></li>{% endfor %}</ul>
<form><input name="tim"><select name="linh_vuc">{% for one in fields %}<option>{{ one }}</option>{% endfor %}</select>
<select name="thu_tuc">{% for one in procedures %}<option value="{{ one.0 }}">{{ one.1 }}</option>{% endfor %}</select>
<select name="nguoi_giu">{% for one in holders %}<option value="{{ one.0 }}">{{ one.1 }}</option>{% endfor %}</select></form>
<table>{% for line in lines %}<tr><td><input type="checkbox" name="chon" value="{{ line.id }}"></td>
<td><a href="/ho-so/{{ line.id }}">{{ line.code }}</a><div>{{ line.channel }}</div></td>
<td>{{ line.name }}<div><strong>{{ line.owner }}</strong></div></td>
<td>{{ line.step_name }}<div>{{ line.office.short }}: {{ line.holder.name }}</div></td>
<td>{{ line.due_at|date:"H:i d/m/Y" }} {% if line.is_late %}<b>quá hạn</b>{% endif %}</td></tr>{% endfor %}</table>
<p>{{ total }} hồ sơ</p>{% endblock %}""",
    "dossier.html": """{% extends "page.html" %}{% block title %}{{ one.code }}{% endblock %}{% block main %}
<h1>{{ one.name }}</h1><dl><dt>Mã</dt><dd>{{ one.code }}</dd><dt>Chủ hồ sơ</dt><dd>{{ one.owner }}</dd>
<dt>Cơ quan</dt><dd>{{ one.agency.short }}</dd><dt>Đang giữ</dt><dd>{{ one.holder.name }}</dd>
<dt>Hạn</dt><dd>{{ one.due_at|date:"H:i d/m/Y" }}</dd></dl>
<table>{% for step in steps %}<tr><td>{{ step.name }}</td><td>{{ step.office.short }}</td><td>{{ step.holder.name }}</td></tr>{% endfor %}</table>
<table>{% for paper in papers %}<tr><td>{{ paper.name }}</td><td>{{ paper.copy }}</td><td>{{ paper.verdict }}</td></tr>{% endfor %}</table>
<table>{% for fee in fees %}<tr><td>{{ fee.name }}</td><td>{{ fee.amount }}</td><td>{{ fee.state }}</td></tr>{% endfor %}</table>
<ol>{% for tick in ticks %}<li>{{ tick.act }} {{ tick.reason }}</li>{% endfor %}</ol>
<ul>{% for result in results %}<li>{{ result.name }} {{ result.number }}</li>{% endfor %}</ul>
<ol>{% for event in events %}<li>{{ event.what }} {{ event.who }} {{ event.note }}</li>{% endfor %}</ol>{% endblock %}""",
}

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "loaders": [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)])],
        },
    }],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": URL.path.lstrip("/"),
        "USER": URL.username,
        "PASSWORD": URL.password or "",
        "HOST": URL.hostname,
        "PORT": URL.port or 5432,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": f"-c search_path={SCHEMA},public"},
    }},
)
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.db.models import Count, F, Q  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402


class Table(models.Model):
    class Meta:
        abstract = True
        app_label = "bench"
        managed = False


def text(**more):
    return models.TextField(**more)


def to(model, column, **more):
    return models.ForeignKey(model, models.DO_NOTHING, db_column=column, null=True, related_name="+", **more)


class Unit(Table):
    id = text(primary_key=True)
    key = text()
    short = text()

    class Meta(Table.Meta):
        db_table = "unit"


class Account(Table):
    id = text(primary_key=True)
    name = text()

    class Meta(Table.Meta):
        db_table = "account"


class Grant(Table):
    id = text(primary_key=True)
    account = to(Account, "account")
    unit = to(Unit, "unit")
    role = text()

    class Meta(Table.Meta):
        db_table = "role_grant"


class Dossier(Table):
    id = text(primary_key=True)
    code = text()
    name = text()
    field = text()
    procedure = text()
    channel = text()
    state = text()
    owner = text()
    step_name = text()
    agency = to(Unit, "agency")
    office = to(Unit, "office")
    holder = to(Account, "holder")
    due = models.BigIntegerField(null=True)
    step_due = models.BigIntegerField(null=True)

    class Meta(Table.Meta):
        db_table = "dossier"

    @property
    def due_at(self):
        return self.due and datetime.fromtimestamp(self.due / 1_000_000, timezone.utc)

    @property
    def is_late(self):
        return self.due is not None and self.due < NOW


class Step(Table):
    id = text(primary_key=True)
    dossier = to(Dossier, "dossier")
    name = text()
    office = to(Unit, "office")
    holder = to(Account, "holder")
    begun = models.BigIntegerField()

    class Meta(Table.Meta):
        db_table = "dossier_step"


class Paper(Table):
    code = text(primary_key=True)
    dossier = to(Dossier, "dossier")
    name = text()
    copy = text()
    verdict = text()

    class Meta(Table.Meta):
        db_table = "dossier_paper"


class Fee(Table):
    id = text(primary_key=True)
    dossier = to(Dossier, "dossier")
    name = text()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    state = text()

    class Meta(Table.Meta):
        db_table = "dossier_fee"


class Result(Table):
    id = text(primary_key=True)
    dossier = to(Dossier, "dossier")
    name = text()
    number = text()

    class Meta(Table.Meta):
        db_table = "dossier_result"


class Tick(Table):
    seq = models.BigIntegerField(primary_key=True)
    dossier = to(Dossier, "dossier")
    act = text()
    reason = text()

    class Meta(Table.Meta):
        db_table = "dossier_clock"


class Event(Table):
    seq = models.BigIntegerField(primary_key=True)
    dossier = to(Dossier, "dossier")
    what = text()
    who = text()
    note = text()

    class Meta(Table.Meta):
        db_table = "dossier_event"


class Line(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    who = models.TextField()
    what = models.TextField()
    about = models.TextField()

    class Meta:
        app_label = "bench"
        db_table = "bench_line"


OPEN = ["submitted", "processing", "waiting", "resolved"]
BOXES = {"dang-xu-ly": "processing", "qua-han": "processing", "tam-dung": "waiting", "cho-tra": "resolved"}


@login_required
def worklist(request):
    agency = Unit.objects.get(key="so-0")
    mine = Dossier.objects.filter(agency_id=agency.id)
    box = request.GET.get("hop", "dang-xu-ly")
    late = Q(due__lt=NOW)
    lines = mine.filter(state=BOXES[box])
    if box == "qua-han":
        lines = lines.filter(late)
    counted = mine.filter(state__in=OPEN).values("state").annotate(
        all=Count("id"), late=Count("id", filter=late), behind=Count("id", filter=Q(step_due__lt=NOW)))
    counts = {}
    for row in counted:
        counts[row["state"]] = row["all"]
        if row["state"] == "processing":
            counts["late"], counts["behind"] = row["late"], row["behind"]
    offered = sorted(set(mine.filter(state="waiting").values_list("procedure", "name", "field")))
    people = Grant.objects.filter(unit__key__startswith="so-0", role="staff").values_list("account_id", "account__name")
    return render(request, "worklist.html", {
        "lines": lines.select_related("office", "holder").order_by("due", "id")[:25],
        "counts": counts,
        "fields": sorted({field for _, _, field in offered}),
        "procedures": [(code, name) for code, name, _ in offered],
        "holders": sorted(set(people)),
        "total": counts.get("late" if box == "qua-han" else BOXES[box], 0),
    })


@login_required
def dossier(request, key):
    one = get_object_or_404(Dossier.objects.select_related("agency", "holder"), id=key)
    Line.objects.create(who=request.user.username, what="dossier.read", about=key)
    return render(request, "dossier.html", {
        "one": one,
        "steps": Step.objects.filter(dossier_id=key).select_related("office", "holder").order_by("begun"),
        "papers": Paper.objects.filter(dossier_id=key),
        "fees": Fee.objects.filter(dossier_id=key),
        "results": Result.objects.filter(dossier_id=key),
        "ticks": Tick.objects.filter(dossier_id=key).order_by("seq"),
        "events": Event.objects.filter(dossier_id=key).order_by("seq"),
    })


urlpatterns = [path("mot-cua", worklist), path("ho-so/<str:key>", dossier)]


def prepare():
    """Makes the schema, somebody who is signed in, and says their cookie and the version of Django."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Line)
    user = get_user_model().objects.create_user("bench")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(session.session_key, django.__version__)


def drop():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")


if __name__ == "__main__":
    {"prepare": prepare, "drop": drop}[sys.argv[1]]()
else:
    application = get_wsgi_application()
