namespace Vbs.Telemetry;

/// <summary>Names of attributes: OpenTelemetry's own where it has one (semantic conventions 1.37), otherwise ours under <c>vbs.</c>.</summary>
/// <remarks>Ids stand on spans only: as tags of a metric each would be a time series of its own.</remarks>
public static class TelemetryNames
{
    /// <summary>Span: the restore, also the job and the orchestration.</summary>
    public const string RestoreId = "vbs.restore.id";

    /// <summary>Span: the <c>x-openstack-request-id</c> of the call.</summary>
    public const string RequestId = "vbs.request.id";

    /// <summary>Span: the project.</summary>
    public const string ProjectId = "vbs.project.id";

    /// <summary>Span: the backup.</summary>
    public const string BackupId = "vbs.backup.id";

    /// <summary>Span: the volume.</summary>
    public const string VolumeId = "vbs.volume.id";

    /// <summary>Span: the segment's number, from 0.</summary>
    public const string SegmentIndex = "vbs.segment.index";

    /// <summary>Span: how many segments a plan has.</summary>
    public const string SegmentCount = "vbs.segment.count";

    /// <summary>Span: bytes that a plan will write, cleared ones included.</summary>
    public const string BytesTotal = "vbs.bytes.total";

    /// <summary>Span: bytes written.</summary>
    public const string BytesRestored = "vbs.bytes.restored";

    /// <summary>Span: zero bytes cleared.</summary>
    public const string BytesCleared = "vbs.bytes.cleared";

    /// <summary>Metric: <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public const string Outcome = "vbs.restore.outcome";

    /// <summary>Metric: <c>hit</c> or <c>miss</c>.</summary>
    public const string CacheResult = "vbs.cache.result";

    /// <summary>Metric: <c>blob</c> or <c>table</c>.</summary>
    public const string StorageService = "vbs.storage.service";

    /// <summary>Both: the HTTP status; on a storage retry 0 when there was no answer.</summary>
    public const string HttpStatus = "http.response.status_code";

    /// <summary>Both: the VBS code of a fault.</summary>
    public const string ErrorType = "error.type";

    /// <summary>The error type of a fault without a code; the conventions' own word.</summary>
    public const string OtherError = "_OTHER";
}
