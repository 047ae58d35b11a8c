namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a Functions app begins.</summary>
public class FunctionsApplication
{
    /// <summary>Starts building an app: configuration from local settings, environment and command line is in place.</summary>
    /// <param name="args">The command line: <c>--key value</c> or <c>--key=value</c>; <c>--urls</c> names where to listen.</param>
    /// <returns>The app to be.</returns>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
