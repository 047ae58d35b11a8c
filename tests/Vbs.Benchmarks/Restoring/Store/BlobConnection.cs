using System.Net.Sockets;
using System.Text;

namespace Vbs.Benchmarks.Restoring;

/// <summary>One connection of HTTP/1.1, kept alive, whose thread waits for it.</summary>
internal sealed class BlobConnection(Socket socket) : IDisposable
{
    private readonly byte[] buffer = new byte[256 << 10];
    private int start;
    private int end;

    /// <summary>Reads the head of the next request.</summary>
    /// <returns>Null when there is none.</returns>
    public BlobRequest? ReadHead()
    {
        (start, end) = (0, 0);
        while (true)
        {
            // The client sends its next request when it has the answer to this one, so what follows the head is of its body.
            var read = socket.Receive(buffer.AsSpan(end));
            end += read;
            var length = buffer.AsSpan(0, end).IndexOf("\r\n\r\n"u8);
            if (length >= 0)
            {
                start = length + 4;
                return new BlobRequest(Encoding.ASCII.GetString(buffer, 0, length));
            }

            if (read == 0)
            {
                return null;
            }
        }
    }

    /// <summary>Receives bytes of the body where they belong.</summary>
    public void Receive(Span<byte> bytes)
    {
        var ahead = Math.Min(end - start, bytes.Length);
        buffer.AsSpan(start, ahead).CopyTo(bytes);
        start += ahead;
        for (bytes = bytes[ahead..]; !bytes.IsEmpty;)
        {
            var read = socket.Receive(bytes);
            bytes = read > 0 ? bytes[read..] : throw new EndOfStreamException();
        }
    }

    /// <summary>Receives a few bytes of the body that nobody needs.</summary>
    public void Skip(int length) => Receive(stackalloc byte[length]);

    /// <summary>Sends text.</summary>
    public void Send(string text) => socket.Send(Encoding.ASCII.GetBytes(text));

    /// <summary>Sends a head, and a file as its body.</summary>
    public void SendFile(string head, string path) => socket.SendFile(path, Encoding.ASCII.GetBytes(head).AsSpan(), [], TransmitFileOptions.UseDefaultWorkerThread);

    /// <summary>Sends a part of a file.</summary>
    public void SendPart(string path, long offset, long end)
    {
        using var file = File.OpenHandle(path);
        while (offset < end)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - offset)), offset);
            socket.Send(buffer.AsSpan(0, read));
            offset += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
