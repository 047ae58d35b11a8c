using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vbs.Health;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Functions;

/// <summary>Says whether the service can work, to whoever asks: a load balancer, an alert, a script that waits for the start.</summary>
public sealed class ShowHealth(ApiEndpoint endpoint, Readiness readiness)
{
    /// <summary>200 <c>{"status":"ready"}</c>, or 503 <c>{"status":"unavailable"}</c> with <c>Retry-After</c> when tables, blobs or, if it is
    /// configured, Keystone do not answer. No token, and nothing of why. Safe to repeat at any rate: see <see cref="Readiness"/>.</summary>
    [Function(nameof(ShowHealth))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Health)] HttpRequest request)
    {
        var isReady = await readiness.IsReadyAsync();
        return endpoint.AnswerAnyone(request, _ => Of(isReady));
    }

    private static Answer Of(bool isReady) => isReady
        ? new(StatusCodes.Status200OK, json => Write(json, "ready"))
        : new(StatusCodes.Status503ServiceUnavailable, json => Write(json, "unavailable"))
        {
            Headers = [("Retry-After", Readiness.Kept.TotalSeconds.ToString(CultureInfo.InvariantCulture))],
        };

    private static void Write(Utf8JsonWriter json, string status)
    {
        json.WriteStartObject();
        json.WriteString("status", status);
        json.WriteEndObject();
    }
}
