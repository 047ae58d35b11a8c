using System.Text.Json;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>What a new volume may be asked to hold or to be beyond an empty disk: none of it is offered, and all of it is checked as Cinder does first.</summary>
internal static class VolumeSource
{
    private static readonly (string Key, string Call)[] NotOffered =
    [
        ("snapshot_id", "Creating a volume from a snapshot"),
        ("source_volid", "Creating a volume from another"),
        ("consistencygroup_id", "Creating a volume in a consistency group"),
        ("group_id", "Creating a volume in a group"),
        ("imageRef", "Creating a volume from an image"),
        ("image_id", "Creating a volume from an image"),
    ];

    /// <summary>400 for the first of these keys that holds neither null nor a UUID.</summary>
    public static Fault? CheckIds(JsonElement volume, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (BodyReading.ReadUuid(volume, key).Fault is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>400 for what stands behind the zone in Cinder's schema.</summary>
    public static Fault? CheckRest(JsonElement volume) =>
        CheckMultiattach(volume)
        ?? BodyReading.ReadText(volume, "image_id").Fault
        ?? BodyReading.ReadText(volume, "imageRef").Fault
        ?? BodyReading.ReadText(volume, "group_id").Fault
        ?? CheckIds(volume, "backup_id");

    /// <summary>501 for what is asked and not to be had; 400 for <c>multiattach</c>, as in Cinder.</summary>
    public static Fault? CheckOffered(JsonElement volume)
    {
        if (IsThere(volume, "backup_id"))
        {
            // A restore says it better, and reports how it goes.
            return new(501, "Creating a volume from a backup is not offered by this service: restore the backup with POST …/backups/{backup_id}/restore.");
        }

        var asked = Array.Find(NotOffered, source => IsThere(volume, source.Key));
        return asked.Call is not null ? Fault.NotOffered(asked.Call)
            : IsMultiattach(volume) ? SchemaFault.Body(
                "multiattach parameter has been removed. The default behavior is to use multiattach enabled volume types. Contact your administrator to "
                + "create a multiattach enabled volume type and use it to create multiattach volumes.", // cinder/api/v3/volumes.py, create
                null)
            : null;
    }

    private static bool IsThere(JsonElement volume, string key) => volume.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;

    private static Fault? CheckMultiattach(JsonElement volume) =>
        !volume.TryGetProperty("multiattach", out var value)
        || value.ValueKind is JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.String && BooleanText.Read(value.GetString()!) is not null)
            ? null
            : SchemaFault.Attribute("multiattach", value, $"{PythonText.Repr(value)} is not valid under any of the given schemas", null);

    private static bool IsMultiattach(JsonElement volume) =>
        volume.TryGetProperty("multiattach", out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && BooleanText.Read(value.GetString()!) is true));
}
