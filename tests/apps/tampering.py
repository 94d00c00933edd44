"""Ways to tamper with the log for somebody with power over the database itself: raw SQL, triggers off.

Each takes a source of chance and does one thing that a reader of the log must be told of. `unlock` first.
"""

from datetime import timedelta

from django.db import connection

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.append_only import allowing
from ledtrad.apps.audit.models import Entry, EntryObject

COLUMNS = [field.column for field in Entry._meta.concrete_fields if field.column != "number"]


def unlock():
    """Take the triggers off, and on PostgreSQL the constraints that would get in the way."""
    for model in (Entry, EntryObject):
        for statement in allowing(connection.vendor, model):
            sql(statement)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def change(number, **columns):
    assigned = ", ".join(f'"{name}" = %s' for name in columns)
    sql(f"UPDATE audit_entry SET {assigned} WHERE number = %s", *columns.values(), number)


def row(number):
    return Entry.objects.values(*COLUMNS).get(number=number)


def last():
    return Entry.objects.order_by("-number").values_list("number", flat=True).first()


def some(rng, **where):
    """The number of some entry, its text not erased unless `where` says so."""
    kept = Entry.objects.exclude(change_json="") if "change_json" not in where else Entry.objects
    return rng.choice(list(kept.filter(**where).values_list("number", flat=True)))


def edit_text(rng):
    number = some(rng)
    change(number, change_json=row(number)["change_json"].replace('"to":', '"to":7', 1))


def edit_actor(rng):
    number = some(rng)
    change(number, by=row(number)["by"] + rng.choice("abc"))


def edit_action(rng):
    number = some(rng)
    change(number, action=row(number)["action"] + rng.choice("abc"))


def edit_moment(rng):
    number = some(rng)
    change(number, at=row(number)["at"] + timedelta(microseconds=rng.choice([-1, 1, 3_600_000_000])))


def edit_objects(rng):
    change(some(rng), objects_json=f'["thing:{rng.randrange(1000, 2000)}"]')


def edit_draft(rng):
    number = some(rng)
    change(number, is_draft=not row(number)["is_draft"])


def edit_salt(rng):
    change(some(rng, format=2), salt=f"{rng.getrandbits(128):032x}")


def edit_salt_and_text_to_agree(rng):
    """Whoever knows the recipe makes text, salt and their hash agree; the link still says otherwise."""
    number, text = some(rng, format=2), chain.canonical({"from": None, "to": rng.random()})
    change(number, change_json=text, salt="0" * 32, change_hash=chain.salted("0" * 32, text))


def edit_link(rng):
    number = some(rng)
    change(number, hash=f"{rng.getrandbits(256):064x}")


def edit_previous(rng):
    change(some(rng), previous_hash=f"{rng.getrandbits(256):064x}")


def edit_one_and_its_own_hash(rng):
    """One entry made to hang together in itself: the one after it no longer does."""
    number = some(rng, format=2, number__lt=last())
    was = row(number)
    change(number, by="Eve", hash=_rehash(number, was, was["previous_hash"], "Eve"))


def edit_and_rewrite_all_that_follows(rng):
    """The whole rest of the chain made anew: only the head kept outside tells."""
    number = some(rng, format=2, number__lt=last())
    previous = row(number)["previous_hash"]
    for later in range(number, last() + 1):
        was = row(later)
        who = "Eve" if later == number else was["by"]
        renewed = _rehash(later, was, previous, who)
        change(later, by=who, previous_hash=previous, hash=renewed)
        previous = renewed


def _rehash(number, was, previous, by):
    return chain.link(
        previous,
        number,
        was["at"],
        by,
        was["action"],
        was["objects_json"],
        was["change_hash"],
        is_draft=was["is_draft"],
    )


def delete_one(rng):
    sql("DELETE FROM audit_entry WHERE number = %s", some(rng, number__lt=last()))


def delete_the_first(rng):
    sql("DELETE FROM audit_entry WHERE number <= %s", rng.randrange(1, last() // 2))


def delete_and_renumber(rng):
    gone = some(rng, number__lt=last())
    sql("DELETE FROM audit_entry WHERE number = %s", gone)
    for number in range(gone + 1, last() + 1):
        sql("UPDATE audit_entry SET number = %s WHERE number = %s", number - 1, number)


def insert_at_the_end(rng):
    was = row(some(rng, format=2))
    _insert(last() + 1, **(was | {"by": "Eve", "hash": f"{rng.getrandbits(256):064x}"}))


def insert_in_between(rng):
    before = some(rng, number__lt=last())
    for number in range(last(), before, -1):
        sql("UPDATE audit_entry SET number = %s WHERE number = %s", number + 1, number)
    was = row(some(rng, format=2))
    _insert(before + 1, **(was | {"previous_hash": row(before)["hash"], "hash": f"{rng.getrandbits(256):064x}"}))


def _insert(number, **columns):
    names = ", ".join(f'"{name}"' for name in ("number", *columns))
    marks = ", ".join(["%s"] * (len(columns) + 1))
    sql(f"INSERT INTO audit_entry ({names}) VALUES ({marks})", number, *columns.values())


def reorder_two(rng):
    one, other = rng.sample(range(1, last() + 1), 2)
    for start, end in ((one, 10**6), (other, one), (10**6, other)):
        sql("UPDATE audit_entry SET number = %s WHERE number = %s", end, start)


def reorder_two_with_their_hashes_in_place(rng):
    one, other = rng.sample(list(Entry.objects.filter(format=2).values_list("number", flat=True)), 2)
    kept = ("hash", "previous_hash", "format")
    was_one, was_other = row(one), row(other)
    change(one, **{name: value for name, value in was_other.items() if name not in kept})
    change(other, **{name: value for name, value in was_one.items() if name not in kept})


def cut_the_tail(rng):
    number = rng.randrange(2, last() + 1)
    sql("DELETE FROM audit_entry WHERE number >= %s", number)
    sql("DELETE FROM audit_entryobject WHERE entry_id >= %s", number)


def cut_the_tail_and_write_on(rng):
    """Yesterday's database is put back, and work goes on from there."""
    from ledtrad.apps.audit.actions import record

    cut_the_tail(rng)
    for turn in range(rng.randrange(1, 30)):
        record(
            by="Kim", at=Entry.objects.values_list("at", flat=True).first(), action="test.on", objects=(f"t:{turn}",)
        )


def empty_without_saying_so(rng):
    change(some(rng), salt="", change_json="")


def empty_the_text_alone(rng):
    change(some(rng, format=2), change_json="")


def take_an_erasure_back(rng):
    number = some(rng, change_json="")
    change(number, salt="0" * 32, change_json='{"from":null,"to":"det som stod"}')


def hide_who_erased(rng):
    """The last entry is an erasure: without it nobody knows who emptied what it named."""
    number = some(rng, action="audit.erase", number=last())
    sql("DELETE FROM audit_entry WHERE number = %s", number)
    sql("DELETE FROM audit_entryobject WHERE entry_id = %s", number)


def change_an_erased_entry(rng):
    """What is left of an erased entry must stand: also of those whose text was part of their link."""
    change(some(rng, change_json=""), by="Eve")


def change_an_erased_entry_of_format_1(rng):
    change(some(rng, change_json="", format=1), action="test.other")


def take_an_object_out_of_the_register(rng):
    sql("DELETE FROM audit_entryobject WHERE id = %s", _some_link(rng))


def point_the_register_elsewhere(rng):
    sql("UPDATE audit_entryobject SET object_id = 'thing:none' WHERE id = %s", _some_link(rng))


def move_a_link_in_the_register(rng):
    number = rng.randrange(1, last() + 1)
    link = EntryObject.objects.exclude(entry_id=number).order_by("?").values_list("id", flat=True).first()
    sql("UPDATE audit_entryobject SET entry_id = %s WHERE id = %s", number, link)


def add_to_the_register(rng):
    highest = EntryObject.objects.order_by("-id").values_list("id", flat=True).first()
    number = rng.choice([1, last(), last() + 1, last() + 50])
    sql("INSERT INTO audit_entryobject (id, entry_id, object_id) VALUES (%s, %s, 'thing:x')", highest + 1, number)


def _some_link(rng):
    return rng.choice(list(EntryObject.objects.values_list("id", flat=True)))


def write_what_is_no_date(rng):
    """Only SQLite takes it; on PostgreSQL the year is changed instead."""
    if connection.vendor == "sqlite":
        change(some(rng), at="igår")
    else:
        change(some(rng), at="1999-12-31 00:00:00+00:00")


WAYS = [
    edit_text,
    edit_actor,
    edit_action,
    edit_moment,
    edit_objects,
    edit_draft,
    edit_salt,
    edit_salt_and_text_to_agree,
    edit_link,
    edit_previous,
    edit_one_and_its_own_hash,
    edit_and_rewrite_all_that_follows,
    delete_one,
    delete_the_first,
    delete_and_renumber,
    insert_at_the_end,
    insert_in_between,
    reorder_two,
    reorder_two_with_their_hashes_in_place,
    cut_the_tail,
    cut_the_tail_and_write_on,
    empty_without_saying_so,
    empty_the_text_alone,
    take_an_erasure_back,
    hide_who_erased,
    change_an_erased_entry,
    change_an_erased_entry_of_format_1,
    take_an_object_out_of_the_register,
    point_the_register_elsewhere,
    move_a_link_in_the_register,
    add_to_the_register,
    write_what_is_no_date,
]
# From inside the database, these leave a chain that hangs together.
SEEN_ONLY_FROM_OUTSIDE = (edit_and_rewrite_all_that_follows, cut_the_tail, cut_the_tail_and_write_on)
