"""Cinder's own posix backup driver restores a chain to a file: cinder_restore.py FOLDER TARGET COMPRESSION BACKUPS.

Only the database is stood in for: the driver asks it for the parents, and before every object whether the backup is still being restored.
"""
import contextlib
import os
import sys

from cinder import objects
from cinder.backup.drivers import posix
from cinder.objects import fields
from oslo_config import cfg

folder, target, compression, backups = sys.argv[1:5]
cfg.CONF([], project='cinder', version='1')
cfg.CONF.set_override('backup_compression_algorithm', compression)
cfg.CONF.set_override('connection', 'sqlite://', 'database')


class Backup(dict):
    """The fields of a backup's record that the driver reads."""

    status = fields.BackupStatus.RESTORING

    def __init__(self, number):
        super().__init__(id=f'b{number}', container='.', service_metadata=f'b{number}', volume_id='v')
        self.id = self['id']
        self.service_metadata = self['service_metadata']
        self.container = self['container']
        self.parent_id = f'b{number - 1}' if number else None

    @contextlib.contextmanager
    def as_read_deleted(self):
        yield

    def refresh(self):
        pass


objects.register_all()
objects.Backup.get_by_id = staticmethod(lambda context, backup_id: Backup(int(backup_id[1:])))
driver = posix.PosixBackupDriver(None, backup_path=folder)
if os.path.exists(target):
    os.remove(target)
with open(target, 'wb') as volume:
    driver.restore(Backup(int(backups) - 1), 'v', volume)
