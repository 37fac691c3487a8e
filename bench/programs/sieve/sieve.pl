use strict;
use warnings;

sub sum_of_primes {
    my ($limit) = @_;
    my @composite = (0) x $limit;
    my $sum = 0;
    for (my $i = 2; $i < $limit; $i++) {
        next if $composite[$i];
        $sum += $i;
        for (my $j = $i * $i; $j < $limit; $j += $i) {
            $composite[$j] = 1;
        }
    }
    return $sum;
}

my ($limit, $rounds) = @ARGV;
my $total = 0;
for my $round (0 .. $rounds - 1) {
    $total += sum_of_primes($limit - $round);
}
print "$total\n";
