"""Encodes records of backups as a real Cinder exports them (cinder/backup/manager.py, export_record). Prints a list of id, service and url."""
import json
import sys

from cinder import context
from cinder import objects
from oslo_utils import timeutils

objects.register_all()
admin = context.get_admin_context()
exported = []
with open(sys.argv[1], encoding="utf-8") as file:
    records = json.load(file)

for record in records:
    fields = dict.fromkeys(objects.Backup.fields)
    fields.update({name: value for name, value in record.items() if name in fields})
    for name in ("created_at", "data_timestamp"):
        fields[name] = timeutils.parse_isotime(record[name])
    fields.update(deleted=False, metadata={})
    backup = objects.Backup(admin, **fields)
    exported.append({"id": backup.id, "service": backup.service, "url": backup.encode_record(driver_info={})})

print(json.dumps(exported))
