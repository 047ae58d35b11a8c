"""Restores a backup to a volume through a proxy of openstacksdk: version, backup id, volume id. Prints what the proxy has seen."""
import json
import sys

import openstack

version, backup_id, volume_id = sys.argv[1:]
cloud = openstack.connect(volume_api_version=version, block_storage_api_version=version)
proxy = cloud.block_storage
backups = [backup.id for backup in proxy.backups()]
volumes = [volume.id for volume in proxy.volumes()]
backup = proxy.get_backup(backup_id)
proxy.restore_backup(backup, volume_id=volume_id, name=None)
backup = proxy.wait_for_status(proxy.get_backup(backup_id), "available", failures=["error"], interval=1, wait=300)
volume = proxy.wait_for_status(proxy.get_volume(volume_id), "available", failures=["error", "error_restoring"], interval=1, wait=300)
print(json.dumps({
    "proxy": type(proxy).__module__,
    "backups": backups,
    "volumes": volumes,
    "name": backup.name,
    "backup_status": backup.status,
    "volume_status": volume.status,
    "url": proxy.get_endpoint() + "/",
}))
