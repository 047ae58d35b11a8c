using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Vbs;
using VbsFunctions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddVbs(builder.Configuration);
builder.Services.AddVbsFunctions();
builder.Build().Run();
