using Microsoft.AspNetCore.Http;
using Testing.Proxy;

namespace VbsFunctions.Tests.Contract;

/// <summary>What is wrong with the catalog's table while the request is answered.</summary>
/// <param name="Does">What it does instead of its work.</param>
/// <param name="On">To which requests.</param>
public sealed record GivenStorage(StorageTrouble Does, StorageRequests On = StorageRequests.All)
{
    /// <summary>Whether an answer is waited for in vain.</summary>
    public bool MakesWait => Does == StorageTrouble.Stalls;

    /// <summary>Disturbs the app's table until the result is disposed.</summary>
    /// <param name="proxy">The proxy before the table.</param>
    /// <param name="meanwhile">What somebody else does to the case's rows.</param>
    public Disturbed Begin(FaultyProxy proxy, Func<Task> meanwhile)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        return proxy.Disturb(request => On == StorageRequests.All || On == KindOf(request), Does switch
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
            _ => throw new ArgumentOutOfRangeException(nameof(proxy), Does, "No such trouble."),
        });
    }

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
}
