using System.Collections.Concurrent;
using VbsFunctions.Http;
using VbsFunctions.Tests.Wire;

namespace VbsFunctions.Tests.Hostile;

/// <summary>How far the requests that are aimed at each route come: a request that is refused at the door says nothing of what is behind it.</summary>
internal sealed class Reached
{
    private const int LeastAdmitted = 20;
    private const int LeastFit = 10;

    // Fault.NoSuchRoute, MalformedBody, ForeignProject.
    private static readonly string[] AtTheDoor = ["The resource could not be found.", "Malformed request body", "Malformed request url"];

    private readonly ConcurrentDictionary<(string Route, string How), int> counts = new();

    /// <summary>Counts an answer.</summary>
    public void Add(HostileRequest request, WireAnswer answer)
    {
        Count(request, "sent");
        if (answer.Status is not (401 or 405 or 406 or 413 or 415) && !AtTheDoor.Any(refusal => answer.Text.Contains(refusal, StringComparison.Ordinal)))
        {
            Count(request, "admitted");
            Count(request, answer.Text.Contains("Invalid input for field", StringComparison.Ordinal) ? "unfit" : "fit");
            Count(request, answer.Status < 400 ? "done" : "refused");
        }
    }

    /// <summary>Prints the share of each route and asserts that it is a good one.</summary>
    public void Assert(Action<string> print)
    {
        var routes = Routes.All.Select(route => $"{route.Method} {route.Template}").ToList();
        foreach (var route in routes)
        {
            print($"{route}: {Of(route, "sent")} sent, {Of(route, "admitted")} past the door, {Of(route, "fit")} past the schema, {Of(route, "done")} done");
        }

        Xunit.Assert.All(routes, route => Xunit.Assert.True(Of(route, "admitted") >= LeastAdmitted && Of(route, "fit") >= LeastFit, $"Nearly nothing reaches {route}."));
    }

    private int Of(string route, string how) => counts.GetValueOrDefault((route, how));

    private void Count(HostileRequest request, string how) => counts.AddOrUpdate((request.Route, how), 1, (_, count) => count + 1);
}
