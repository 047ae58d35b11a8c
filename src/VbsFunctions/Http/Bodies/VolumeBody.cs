using System.Text.Json;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>The body that makes a volume, <c>{"volume":{"size":…,"name":…}}</c>, read once into types.</summary>
/// <remarks>Schema and sentences are Cinder's (cinder/api/schemas/volumes.py). Where a volume is to have content or properties that this service cannot
/// give, the answer is a 501 that says so. Kept but without effect are zone and type, which are names here; scheduler hints are hints, and passed
/// over, like the keys that Cinder does not know before 3.53 and refuses from there on.</remarks>
internal sealed record VolumeBody(
    int SizeGiB, string? Name, string? Description, string? VolumeType, string? AvailabilityZone, IReadOnlyDictionary<string, string> Metadata)
{
    private const string Hints = "OS-SCH-HNT:scheduler_hints";
    private const int RefusesUnknown = 53; // 3.53, SUPPORT_VOLUME_SCHEMA_CHANGES

    private static readonly string[] Known =
    [
        "name", "description", "display_name", "display_description", "volume_type", "metadata", "snapshot_id", "source_volid",
        "consistencygroup_id", "size", "availability_zone", "multiattach", "image_id", "imageRef", "group_id", "backup_id",
    ];

    /// <summary>Reads the body, or says what is wrong with it (400, the first thing Cinder would name) or not to be had (501).</summary>
    public static (VolumeBody? Body, Fault? Fault) Read(JsonElement json, ApiVersion version)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, SchemaFault.Body(SchemaFault.NotOfType(json, "object"), null));
        }

        if (!json.TryGetProperty("volume", out var volume))
        {
            return (null, CheckHints(json) ?? SchemaFault.Body(SchemaFault.Required("volume"), null));
        }

        if (volume.ValueKind != JsonValueKind.Object)
        {
            return (null, SchemaFault.Attribute("volume", volume, SchemaFault.NotOfType(volume, "object"), null));
        }

        var (body, fault) = ReadVolume(volume, version);
        fault ??= CheckHints(json);
        fault ??= SchemaFault.Unexpected(json, "volume", Hints) is { } unexpected ? SchemaFault.Body(unexpected, null) : null;
        fault ??= VolumeSource.CheckOffered(volume);
        return fault is null ? Complete(body) : (null, fault);
    }

    private static (VolumeBody Body, Fault? Fault) ReadVolume(JsonElement volume, ApiVersion version)
    {
        var (name, fault) = BodyReading.ReadTrimmed(volume, "name", "name");
        (var description, fault) = fault is null ? BodyReading.ReadTrimmed(volume, "description", "description") : (null, fault);
        (var displayName, fault) = fault is null ? BodyReading.ReadTrimmed(volume, "display_name", "name") : (null, fault);
        (var displayDescription, fault) = fault is null ? BodyReading.ReadTrimmed(volume, "display_description", "description") : (null, fault);
        (var type, fault) = fault is null ? BodyReading.ReadText(volume, "volume_type") : (null, fault);
        (var metadata, fault) = fault is null ? VolumeMetadata.Read(volume) : (new Dictionary<string, string>(), fault);
        fault ??= VolumeSource.CheckIds(volume, "snapshot_id", "source_volid", "consistencygroup_id");
        (var size, fault) = fault is null ? VolumeSize.Read(volume) : (null, fault);
        (var zone, fault) = fault is null ? BodyReading.ReadText(volume, "availability_zone", minLength: 1) : (null, fault);
        fault ??= VolumeSource.CheckRest(volume);
        fault ??= version.IsV3From(RefusesUnknown) && SchemaFault.Unexpected(volume, Known) is { } unexpected
            ? SchemaFault.Attribute("volume", volume, unexpected, null)
            : null;
        name = volume.TryGetProperty("name", out _) ? name : displayName;
        description = volume.TryGetProperty("description", out _) ? description : displayDescription;
        return (new(size ?? 0, name, description, type is "" ? null : type, zone, metadata), fault);
    }

    private static (VolumeBody? Body, Fault? Fault) Complete(VolumeBody body)
    {
        var (_, fault) = VolumeSize.Require(body.SizeGiB == 0 ? null : body.SizeGiB);
        return fault is null ? (body, null) : (null, fault);
    }

    private static Fault? CheckHints(JsonElement json) =>
        json.TryGetProperty(Hints, out var hints) && hints.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)
            ? SchemaFault.Attribute(Hints, hints, SchemaFault.NotOfType(hints, "object", "null"), null)
            : null;
}
