using Azure.Core;
using Azure.Core.Pipeline;

namespace Vbs.Tests.Catalog;

/// <summary>Counts a process's requests, and lets it die after one of them: from then on none leaves it.</summary>
internal sealed class RequestWatch(int dieAfter = int.MaxValue) : HttpPipelinePolicy
{
    private readonly List<string> requests = [];

    /// <summary>Verb and kind of each request, in order.</summary>
    public IReadOnlyList<string> Requests => requests;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Everything is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        int number;
        lock (requests)
        {
            number = requests.Count + 1;
            if (number <= dieAfter)
            {
                requests.Add($"{message.Request.Method} {Kind(message.Request.Uri.ToUri().AbsolutePath)}");
            }
        }

        if (number <= dieAfter)
        {
            await ProcessNextAsync(message, pipeline);
        }

        if (number >= dieAfter)
        {
            throw new ProcessDiedException();
        }
    }

    private static string Kind(string path) => path switch
    {
        _ when path.EndsWith("$batch", StringComparison.Ordinal) => "transaction",
        _ when path.Contains("'intent'", StringComparison.Ordinal) => "intent",
        _ when path.Contains("backup%7C", StringComparison.Ordinal) => "backup",
        _ when path.Contains("volume%7C", StringComparison.Ordinal) => "volume",
        _ when path.Contains("restore%7C", StringComparison.Ordinal) => "restore",
        _ when path.Contains("repeat%7C", StringComparison.Ordinal) => "answer",
        _ when path.Contains("'repeats%7C", StringComparison.Ordinal) => "note",
        _ when path.Contains("progress%7C", StringComparison.Ordinal) => "lane",
        _ when path.EndsWith("()", StringComparison.Ordinal) => "query",
        _ => path,
    };

    internal sealed class ProcessDiedException : Exception;
}
