using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TestApp;

// "write FILE" and "exit CODE" stand for the program that follows a start.
if (args is ["write", var file])
{
    await File.WriteAllTextAsync(file, Environment.GetEnvironmentVariable("VBS_BASE_URL"));
    return 0;
}

if (args is ["exit", var code])
{
    return int.Parse(code, null);
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddOptions<Greeting>().BindConfiguration(nameof(Greeting)).ValidateDataAnnotations().ValidateOnStart();
await builder.Build().RunAsync();
return 0;
