using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using LocalRuntime.Durable.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Durable.Journal;

/// <summary>The row of an <see cref="InstanceState"/>.</summary>
internal static class StateRow
{
    /// <summary>Its row key. The partition's other rows are the history.</summary>
    public const string Key = "state";

    /// <summary>All instances that have not ended, wherever they are.</summary>
    public const string UnfinishedFilter = "RowKey eq 'state' and Unfinished eq true";

    /// <summary>Bytes of an input or an output. With a failure and a custom status the row stays under 1 MiB.</summary>
    public const int MaxPayloadBytes = 320_000;

    private const int MaxFailureChars = 20_000;

    /// <summary>The whole row.</summary>
    public static TableEntity Of(InstanceState state)
    {
        var row = Change(state, input: true, output: true);
        row[nameof(InstanceState.Name)] = state.Name;
        row[nameof(InstanceState.StartId)] = state.StartId;
        row[nameof(InstanceState.CreatedAt)] = state.CreatedAt;
        row[nameof(OrchestrationTrace.TraceParent)] = state.Trace?.TraceParent;
        row[nameof(OrchestrationTrace.SpanId)] = state.Trace?.SpanId;
        return row;
    }

    /// <summary>What differs between two states of the same start, to be merged; the input and the output only when they do.</summary>
    public static TableEntity Change(InstanceState before, InstanceState after) => Change(
        after,
        input: !string.Equals(before.Input, after.Input, StringComparison.Ordinal),
        output: !string.Equals(before.Output, after.Output, StringComparison.Ordinal));

    /// <summary>The state of a row.</summary>
    public static InstanceState Read(TableEntity row) => new()
    {
        InstanceId = row.PartitionKey,
        Name = row.GetString(nameof(InstanceState.Name)),
        StartId = row.GetGuid(nameof(InstanceState.StartId))!.Value,
        Execution = row.GetInt32(nameof(InstanceState.Execution))!.Value,
        Episodes = row.GetInt32(nameof(InstanceState.Episodes))!.Value,
        Version = row.GetInt32(nameof(InstanceState.Version))!.Value,
        Writer = row.GetGuid(nameof(InstanceState.Writer))!.Value,
        Status = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString(nameof(InstanceState.Status))),
        Input = ReadText(row, nameof(InstanceState.Input)),
        Output = ReadText(row, nameof(InstanceState.Output)),
        CustomStatus = ReadText(row, nameof(InstanceState.CustomStatus)),
        Failure = Payload.Read(row, nameof(InstanceState.Failure)) is { } json ? JsonSerializer.Deserialize<TaskFailureDetails>(json) : null,
        Trace = row.GetString(nameof(OrchestrationTrace.TraceParent)) is { } parent
            ? new OrchestrationTrace(parent, row.GetString(nameof(OrchestrationTrace.SpanId)))
            : null,
        CreatedAt = row.GetDateTimeOffset(nameof(InstanceState.CreatedAt))!.Value,
        UpdatedAt = row.GetDateTimeOffset(nameof(InstanceState.UpdatedAt))!.Value,
        ETag = row.ETag,
    };

    /// <summary>Whether an input or an output fits.</summary>
    public static bool Fits(string? payload) => payload is null || Encoding.UTF8.GetByteCount(payload) <= MaxPayloadBytes;

    private static TableEntity Change(InstanceState state, bool input, bool output)
    {
        var row = new TableEntity(state.InstanceId, Key)
        {
            [nameof(InstanceState.Execution)] = state.Execution,
            [nameof(InstanceState.Episodes)] = state.Episodes,
            [nameof(InstanceState.Version)] = state.Version,
            [nameof(InstanceState.Writer)] = state.Writer,
            [nameof(InstanceState.Status)] = state.Status.ToString(),
            ["Unfinished"] = !state.IsFinished,
            [nameof(InstanceState.UpdatedAt)] = state.UpdatedAt,
        };
        WriteText(row, nameof(InstanceState.CustomStatus), state.CustomStatus);
        Payload.Write(row, nameof(InstanceState.Failure), state.Failure is null ? null : JsonSerializer.SerializeToUtf8Bytes(Shorten(state.Failure)));
        if (input)
        {
            WriteText(row, nameof(InstanceState.Input), state.Input);
        }

        if (output)
        {
            WriteText(row, nameof(InstanceState.Output), state.Output);
        }

        return row;
    }

    // The chain of causes is cut at the depth where a stack trace has stopped helping; each part keeps its beginning.
    private static TaskFailureDetails Shorten(TaskFailureDetails failure, int depth = 0) => failure with
    {
        ErrorMessage = Cut(failure.ErrorMessage),
        StackTrace = failure.StackTrace is null ? null : Cut(failure.StackTrace),
        InnerFailure = failure.InnerFailure is null || depth == 3 ? null : Shorten(failure.InnerFailure, depth + 1),
    };

    private static string Cut(string text) => text.Length <= MaxFailureChars / 4 ? text : string.Concat(text.AsSpan(0, MaxFailureChars / 4), "…");

    private static void WriteText(TableEntity row, string name, string? text) =>
        Payload.Write(row, name, text is null ? null : Encoding.UTF8.GetBytes(text));

    private static string? ReadText(TableEntity row, string name) =>
        Payload.Read(row, name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
