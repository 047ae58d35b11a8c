using Microsoft.AspNetCore.Http;
using Testing.Proxy;

namespace VbsFunctions.Tests.Contract;

/// <summary>What is wrong with the catalog's table, or with the blobs, while the request is answered.</summary>
/// <param name="Does">What it does instead of its work.</param>
/// <param name="On">To which requests.</param>
public sealed record GivenStorage(StorageTrouble Does, StorageRequests On = StorageRequests.All)
{
    /// <summary>Whether an answer is waited for in vain.</summary>
    public bool MakesWait => Does == StorageTrouble.Stalls;

    /// <summary>Disturbs the app's storage until the result is disposed.</summary>
    /// <param name="tables">The proxy before the table.</param>
    /// <param name="blobs">The proxy before the blobs.</param>
    /// <param name="project">The case's project: blobs of others are let through.</param>
    /// <param name="meanwhile">What somebody else does to the case's rows.</param>
    public Disturbed Begin(FaultyProxy tables, FaultyProxy blobs, string project, Func<Task> meanwhile)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(blobs);
        return On == StorageRequests.Blobs
            ? blobs.Disturb(request => IsOf(request, project), How(meanwhile))
            : tables.Disturb(request => On == StorageRequests.All || On == KindOf(request), How(meanwhile));
    }

    // A volume's blob has its project in its path; an import asks for objects of the backup, which are under no project.
    private static bool IsOf(HttpRequest request, string project) =>
        request.Path.Value!.Contains(project, StringComparison.Ordinal) || request.Path.Value.EndsWith("_metadata", StringComparison.Ordinal)
        || request.Path.Value.EndsWith("_sha256file", StringComparison.Ordinal);

    private Disturbance How(Func<Task> meanwhile) => Does switch
    {
        StorageTrouble.Refuses => Disturbances.Refuse,
        StorageTrouble.Stalls => Disturbances.Stall,
        StorageTrouble.Throttles => Disturbances.Throttle(),
        StorageTrouble.ThrottlesWith429 => Disturbances.Throttle(StatusCodes.Status429TooManyRequests),
        StorageTrouble.ThrottlesForAMinute => Disturbances.Throttle(retryAfterSeconds: 60),
        StorageTrouble.TimesOut => Disturbances.TimeOut,
        StorageTrouble.AnswersHtml => Disturbances.Answer(StatusCodes.Status200OK, "text/html", "<html><body>Please log in.</body></html>"),
        StorageTrouble.AnswersOtherJson => Disturbances.Answer(StatusCodes.Status200OK, "application/json", """{"hello":"world"}"""),
        StorageTrouble.IsATeapot => Disturbances.Answer(StatusCodes.Status418ImATeapot, "text/plain", "short and stout"),
        StorageTrouble.LosesAnswers => Disturbances.LoseAnswer,
        StorageTrouble.IsWrittenMeanwhile => Disturbances.After(meanwhile),
        _ => throw new ArgumentOutOfRangeException(nameof(meanwhile), Does, "No such trouble."),
    };

    private static StorageRequests KindOf(HttpRequest request) => request.Method switch
    {
        "GET" => StorageRequests.Reads,
        "POST" when request.Path.Value!.EndsWith("/$batch", StringComparison.Ordinal) => StorageRequests.Transactions,
        _ => StorageRequests.Writes,
    };
}

/// <summary>How storage fails.</summary>
public enum StorageTrouble
{
    Refuses,
    Stalls,
    Throttles,
    ThrottlesWith429,
    ThrottlesForAMinute,
    TimesOut,
    AnswersHtml,
    AnswersOtherJson,
    IsATeapot,
    LosesAnswers,
    IsWrittenMeanwhile,
}

/// <summary>Which requests fail.</summary>
public enum StorageRequests
{
    All,
    Reads,

    /// <summary>Of one row: an intent.</summary>
    Writes,
    Transactions,

    /// <summary>Of blobs, and none of the table.</summary>
    Blobs,
}
