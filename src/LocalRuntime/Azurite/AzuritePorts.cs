using System.Net;
using System.Net.Sockets;

namespace LocalRuntime.Azurite;

/// <summary>The ports of Azurite's three services.</summary>
internal sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Those of <c>UseDevelopmentStorage=true</c>.</summary>
    public static AzuritePorts Default { get; } = new(10000, 10001, 10002);

    /// <summary>Three that nobody listens on now.</summary>
    public static AzuritePorts Free()
    {
        var listeners = Enumerable.Range(0, 3).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            var ports = Array.ConvertAll(listeners, listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            });
            return new AzuritePorts(ports[0], ports[1], ports[2]);
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }
}
