using Azure.Core;
using Azure.Core.Pipeline;
using Vbs.Tests.Restores;

namespace Vbs.Tests.Catalog;

/// <summary>Does something around each of some requests of a process; it is given what sends the request.</summary>
internal sealed class RequestHook(string pathEnd, Func<Func<ValueTask>, Task> around) : HttpPipelinePolicy
{
    public static RequestHook OnTransactions(Func<Func<ValueTask>, Task> around) => new("$batch", around);

    /// <summary>Around the note of a volume's work, which comes after the volume was judged.</summary>
    public static RequestHook OnVolumeNotes(Func<Func<ValueTask>, Task> around) => new($"RowKey='{Records.Volume().Id}')", around);

    public static RequestHook OnQueries(Func<Func<ValueTask>, Task> around) => new("()", around);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Everything is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Uri.ToUri().AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal))
        {
            await around(() => ProcessNextAsync(message, pipeline));
        }
        else
        {
            await ProcessNextAsync(message, pipeline);
        }
    }
}
