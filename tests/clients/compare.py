"""What a program read against what was meant, and the limits that explain a difference.

A limit predicts losses exactly: every value that it names must be lost in the way that it
says. A loss that no limit predicts is a new loss; a predicted one that does not occur is a
limit that has gone. Both make the suite red, so that the file of limits can only be true.
"""
import fnmatch
import re

from shapes import meant, normal

# A neighbouring type is told by the limits, not excused here.
NOT_COMPARED = ("id", "custom", "citation-key")


class Loss:
    """One value of one work that a program did not give back."""

    def __init__(self, client, form, work, field, want, got):
        self.client, self.form, self.work, self.kind, self.field = client, form, work["id"], work["type"], field
        self.want, self.got = want, got

    def key(self):
        return self.work, self.field

    def __str__(self):
        short = lambda text: text if len(text) < 110 else text[:107] + "…"
        return "%s %s: meant “%s”, got “%s”" % (self.work, self.field, short(self.want), short(self.got))


def records(works, read):
    """The record of each work: by id, where a program keeps it, else by its place."""
    by_id = {str(item.get("id")): item for item in read}
    ids = any(work["id"] in by_id for work in works)
    for index, work in enumerate(works):
        yield work, by_id.get(work["id"], {}) if ids else read[index] if index < len(read) else {}


def losses(client, form, works, read):
    """Every value of the works that differs in what a program read."""
    found = []
    if len(read) != len(works):
        found.append(Loss(client, form, {"id": "*", "type": "*"}, "count", str(len(works)), str(len(read))))
    for work, item in records(works, read):
        for field, want in meant(work).items():
            if field in NOT_COMPARED:
                continue
            got = str(item.get("type") or "") if field == "type" else normal(field, item.get(field))
            if want != got:
                found.append(Loss(client, form, work, field, want, got))
    return found


class Limit:
    """One entry of known_limits.json; the README of the limits is docs/clients.md."""

    def __init__(self, entry):
        self.entry = entry
        as_list = lambda key, other: entry[key].split() if isinstance(entry.get(key), str) else entry.get(key, other)
        self.clients, self.forms = as_list("client", []), as_list("formats", [])
        self.fields, self.kinds, self.works = as_list("fields", []), as_list("kinds", None), as_list("works", None)
        self.meant, self.got, self.values = entry.get("meant"), entry.get("got"), entry.get("values")
        if self.values:
            self.works = list(self.values)

    def names(self, work, field, want):
        """Whether the limit says that this value is lost."""
        return (field in self.fields and (self.kinds is None or work["type"] in self.kinds)
                and (self.works is None or any(fnmatch.fnmatchcase(work["id"], one) for one in self.works))
                and (self.meant is None or re.search(self.meant, want) is not None))

    def explains(self, loss):
        """Whether what was got is what the limit says: its value, what its pattern finds, or nothing."""
        if self.values:
            return loss.got == self.values.get(loss.work)
        if self.got is None:
            return loss.got == ""
        return re.search(self.got, loss.got) is not None

    def __str__(self):
        return "%s %s %s %s" % (self.entry["client"], self.entry["formats"], self.entry["fields"],
                                self.entry.get("works") or self.entry.get("kinds") or self.entry.get("meant") or "")


def judge(client, form, works, found, limits):
    """Divides losses into new and known, and gives what limits predict and does not occur."""
    here = [limit for limit in limits if client in limit.clients and form in limit.forms]
    new, known = [], []
    for loss in found:
        work = {"id": loss.work, "type": loss.kind}
        fits = [limit for limit in here if limit.names(work, loss.field, loss.want) and limit.explains(loss)]
        (known if fits else new).append(loss)
    lost = {loss.key() for loss in found}
    gone = []
    for limit in here:
        fields_seen, kinds_seen, works_seen = set(), set(), set()
        for work in works:
            for field, want in meant(work).items():
                if field in NOT_COMPARED or not limit.names(work, field, want):
                    continue
                fields_seen.add(field)
                kinds_seen.add(work["type"])
                works_seen.update(one for one in limit.works or [] if fnmatch.fnmatchcase(work["id"], one))
                if (work["id"], field) not in lost:
                    gone.append("%s: %s of %s is whole" % (limit, field, work["id"]))
        for named, seen in ((limit.fields, fields_seen), (limit.kinds, kinds_seen), (limit.works, works_seen)):
            gone += ["%s: names %s, which no work has" % (limit, one) for one in named or [] if one not in seen]
    return new, known, gone
