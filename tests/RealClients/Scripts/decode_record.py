"""Decodes an exported record as a real Cinder imports it (cinder/backup/api.py, _get_import_backup). Prints its fields."""
import json
import sys

from cinder import objects

objects.register_all()
print(json.dumps(objects.Backup.decode_record(sys.argv[1])))
