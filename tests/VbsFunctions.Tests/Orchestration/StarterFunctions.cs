using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace VbsFunctions.Tests.Orchestration;

/// <summary>Functions of the test assembly, which the runtime finds beside the app's: an orchestration that lives until it is told, and the way to the client.</summary>
public static class StarterFunctions
{
    public const string ClientRoute = "tests/client";

    private static readonly TaskCompletionSource<DurableTaskClient> Handed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The client, once <see cref="ClientRoute"/> was asked for.</summary>
    public static Task<DurableTaskClient> Client => Handed.Task;

    [Function(nameof(LiveUntilTold))]
    public static Task<string> LiveUntilTold([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.WaitForExternalEvent<string>("end");
    }

    [Function(nameof(HandOutClient))]
    public static IResult HandOutClient(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ClientRoute)] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        Handed.TrySetResult(client);
        return Results.Ok(request?.Method);
    }
}
