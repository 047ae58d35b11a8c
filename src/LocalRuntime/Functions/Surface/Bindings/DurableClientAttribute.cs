using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a <c>DurableTaskClient</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>Another task hub than host.json's. LocalRuntime has one hub: the start refuses any value but its name.</summary>
    public string? TaskHub { get; set; }

    /// <summary>Another storage account than AzureWebJobsStorage. LocalRuntime has one: the start refuses any other name.</summary>
    public string? ConnectionName { get; set; }
}
