using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Tests.Http.Bodies;

public sealed class BodyReaderTests
{
    private readonly FakeTimeProvider time = new();
    private readonly Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));

    [Fact]
    public async Task A_body_at_the_limit_is_read_whole_and_the_next_byte_is_too_much()
    {
        await pipe.Writer.WriteAsync(new byte[BodyReader.LimitBytes], TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();

        var (bytes, fault) = await ReadAsync(contentLength: null);

        Assert.Null(fault);
        Assert.Equal(BodyReader.LimitBytes, bytes.Length);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_it_ends()
    {
        await pipe.Writer.WriteAsync(new byte[BodyReader.LimitBytes + 1], TestContext.Current.CancellationToken);

        var (_, fault) = await ReadAsync(contentLength: null);

        Assert.Equal((413, "overLimit"), (fault?.Status, fault?.Key));
        Assert.Equal("Request is too large. Larger than 114688.", fault?.Message);
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_unread()
    {
        var (_, fault) = await ReadAsync(BodyReader.LimitBytes + 1);

        Assert.Equal(413, fault?.Status);
        Assert.False(pipe.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_is_waited_for_30_seconds()
    {
        await pipe.Writer.WriteAsync("{"u8.ToArray(), TestContext.Current.CancellationToken);

        var reading = ReadAsync(contentLength: 20);
        time.Advance(BodyReader.Patience - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((408, "computeFault"), ((await reading).Fault?.Status, (await reading).Fault?.Key));
    }

    [Fact]
    public async Task A_client_that_goes_away_is_no_fault()
    {
        using var gone = new CancellationTokenSource();
        var reading = ReadAsync(contentLength: 20, gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Theory]
    [InlineData(400, 400, "Malformed request body")]
    [InlineData(408, 408, "The server has waited too long for the request to be sent by the client.")]
    [InlineData(413, 413, "Request is too large. Larger than 114688.")]
    public async Task What_the_server_finds_wrong_with_the_framing_is_the_clients_fault(int thrown, int status, string message)
    {
        await pipe.Writer.CompleteAsync(new BadHttpRequestException("Unexpected end of request content.", thrown));

        var (_, fault) = await ReadAsync(contentLength: 20);

        Assert.Equal((status, message), (fault?.Status, fault?.Message));
    }

    private async Task<(ReadOnlyMemory<byte> Bytes, VbsFunctions.Http.Answers.Fault? Fault)> ReadAsync(
        long? contentLength, CancellationToken? gone = null)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new PipeFeature(pipe.Reader));
        context.Request.ContentLength = contentLength;
        return await new BodyReader(time).ReadAsync(context.Request, gone ?? TestContext.Current.CancellationToken);
    }

    private sealed record PipeFeature(PipeReader Reader) : IRequestBodyPipeFeature;
}
