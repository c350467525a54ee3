/** `npm run setup-mnist`: fetches the full MNIST, 70,000 digits, for `npm run train -- vector --data`. */
import '@im2grade/data/setup-mnist';
