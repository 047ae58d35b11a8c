using System.Buffers;
using System.Text.Json;

namespace Vbs.Backups;

/// <summary>Receives the tokens of a document, in order.</summary>
internal delegate void OnJsonToken(ref Utf8JsonReader reader);

/// <summary>Reads JSON of any size through one pooled buffer.</summary>
internal static class JsonTokens
{
    /// <summary>As much as a network read brings.</summary>
    public const int BufferBytes = 128 * 1024;

    /// <summary>The longest single token: <c>volume_meta</c> is a document of its own in one string, some KiB long.</summary>
    public const int MaxTokenBytes = 4 * 1024 * 1024;

    /// <summary>Hands every token to <paramref name="onToken"/>, and calls <paramref name="drain"/> after each buffer's worth.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, or a token longer than <see cref="MaxTokenBytes"/>; only the last comes without a line.</exception>
    public static async Task ReadAsync(
        Stream json, OnJsonToken onToken, Func<ValueTask> drain, int bufferBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bufferBytes);
        try
        {
            var state = new JsonReaderState();
            var filled = 0;
            for (var ended = false; !ended;)
            {
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer);
                }

                var read = await json.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                ended = read == 0;
                filled += read;
                var consumed = Parse(buffer.AsSpan(0, filled), ended, ref state, onToken);
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                await drain();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Parse(ReadOnlySpan<byte> bytes, bool final, ref JsonReaderState state, OnJsonToken onToken)
    {
        var reader = new Utf8JsonReader(bytes, final, state);
        while (reader.Read())
        {
            onToken(ref reader);
        }

        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private static byte[] Grow(byte[] full)
    {
        if (full.Length >= MaxTokenBytes)
        {
            throw new JsonException($"A single value is longer than {MaxTokenBytes} bytes.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
