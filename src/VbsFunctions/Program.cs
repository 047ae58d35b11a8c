using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Vbs;
using VbsFunctions;
using VbsFunctions.Telemetry;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddVbs(builder.Configuration);
builder.Services.AddVbsFunctions();
builder.Services.AddVbsTelemetry(builder.Configuration);
builder.Build().Run();
