using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

[assembly: CLSCompliant(false)]

namespace TestApp;

internal sealed class GreetingFunctions(IOptions<Greeting> greeting, IHostEnvironment environment, IHostApplicationLifetime lifetime)
{
    [Function("Greet")]
    public IResult Greet([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        Results.Text($"{greeting.Value.Text} {environment.EnvironmentName}");

    // Answers only when the app is asked to stop: a request that is under way then.
    [Function("Last")]
    public async Task Last([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStopping.Register(stopping.SetResult);
        await request.HttpContext.Response.WriteAsync("begun ", cancellationToken);
        await request.HttpContext.Response.Body.FlushAsync(cancellationToken);
        await stopping.Task;
        await request.HttpContext.Response.WriteAsync("ended", cancellationToken);
    }
}
